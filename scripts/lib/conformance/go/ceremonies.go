// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/base64"

	api "github.com/hashicorp/vault/api"
)

// Rotation, rekey and generation of a root token: with a token on any listener, and as of old, without one, on a
// listener with legacy_ceremonies and in development mode.

// ceremonies gives the shares that open the vault in the end.
func ceremonies(client *api.Client, legacy string, shares []string) []string {
	sys := client.Sys()
	step("Rotate counts up in KeyStatus")
	before := must(sys.KeyStatus()).Term
	check(sys.Rotate())
	same(before+1, must(sys.KeyStatus()).Term)
	shares = rekey(sys, shares, 4, 2)
	shares = newer(sys, shares)
	step("without a token nothing begins on a listener without legacy_ceremonies")
	nobody := at("", "").Sys()
	refused(403, "permission denied", err2(nobody.RekeyInit(&api.RekeyInitRequest{SecretShares: 1, SecretThreshold: 1})))
	refused(403, "permission denied", nobody.RekeyCancel())
	refused(403, "permission denied", err2(nobody.GenerateRootInit("", "")))
	anonymous := at(legacy, "")
	shares = rekey(anonymous.Sys(), shares, 5, 3)
	generateRoot(client, shares)
	generateRootAnonymously(anonymous, shares)
	return shares
}

func development(anonymous *api.Client, share string) {
	generateRootAnonymously(anonymous, rekey(anonymous.Sys(), []string{share}, 3, 2))
}

func rekey(sys *api.Sys, shares []string, count, threshold int) []string {
	step("RekeyInit, RekeyStatus, RekeyCancel")
	same(false, must(sys.RekeyStatus()).Started)
	request := &api.RekeyInitRequest{SecretShares: count, SecretThreshold: threshold}
	must(sys.RekeyInit(request))
	refused(400, "rekey already in progress", err2(sys.RekeyInit(request)))
	check(sys.RekeyCancel())
	step("RekeyUpdate gives the new shares")
	begun := must(sys.RekeyInit(request))
	refused(400, "incorrect nonce supplied", err2(sys.RekeyUpdate(shares[0], "0f3ed2a6-74b6-c1c1-8a6a-2c1d3f1f6e0a")))
	made := updated(shares, func(share string) (*api.RekeyUpdateResponse, bool) {
		answer := must(sys.RekeyUpdate(share, begun.Nonce))
		return answer, answer.Complete
	})
	same(count, len(made.KeysB64))
	step("RekeyInit with verification, RekeyVerificationStatus, RekeyVerificationCancel, RekeyVerificationUpdate")
	shares = made.KeysB64
	request.RequireVerification = true
	begun = must(sys.RekeyInit(request))
	made = updated(shares, func(share string) (*api.RekeyUpdateResponse, bool) {
		answer := must(sys.RekeyUpdate(share, begun.Nonce))
		return answer, answer.Complete
	})
	same(true, made.VerificationRequired)
	must(sys.RekeyVerificationUpdate(made.KeysB64[0], made.VerificationNonce))
	check(sys.RekeyVerificationCancel())
	status := must(sys.RekeyVerificationStatus())
	same([]any{0, count, threshold}, []any{status.Progress, status.N, status.T})
	updated(made.KeysB64, func(share string) (*api.RekeyVerificationUpdateResponse, bool) {
		answer := must(sys.RekeyVerificationUpdate(share, status.Nonce))
		return answer, answer.Complete
	})
	return made.KeysB64
}

// updated hands in one share after the other until that was enough.
func updated[T any](shares []string, offer func(share string) (T, bool)) T {
	for _, share := range shares {
		if answer, complete := offer(share); complete {
			return answer
		}
	}
	panic("all shares were not enough")
}

func generateRoot(client *api.Client, shares []string) {
	sys := client.Sys()
	step("GenerateRootInit, GenerateRootStatus, GenerateRootCancel")
	same(true, must(sys.GenerateRootInit("", "")).Started)
	check(sys.GenerateRootCancel())
	same(false, must(sys.GenerateRootStatus()).Started)
	step("GenerateRootUpdate, decoded with the one-time pad, is a root token")
	begun := must(sys.GenerateRootInit("", ""))
	same(28, begun.OTPLength)
	done := updated(shares, func(share string) (*api.GenerateRootStatusResponse, bool) {
		answer := must(sys.GenerateRootUpdate(share, begun.Nonce))
		return answer, answer.Complete
	})
	token := must(base64.RawStdEncoding.DecodeString(done.EncodedToken))
	for i := range token {
		token[i] ^= begun.OTP[i]
	}
	has(map[string]any{"policies": "[root]"}, must(at(client.Address(), string(token)).Auth().Token().LookupSelf()).Data)
}
