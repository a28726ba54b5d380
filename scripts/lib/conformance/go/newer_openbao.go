// SPDX-License-Identifier: Apache-2.0

//go:build openbao

package main

import api "github.com/openbao/openbao/api/v2"

// newer walks what OpenBao's client alone has; it gives the shares that open the vault in the end.
func newer(sys *api.Sys, shares []string) []string {
	step("RotateKeyring")
	before := must(sys.KeyStatus()).Term
	check(sys.RotateKeyring())
	same(before+1, must(sys.KeyStatus()).Term)
	step("RotateRootInit, RotateRootStatus, RotateRootCancel, RotateRootUpdate")
	request := &api.RotateInitRequest{SecretShares: 3, SecretThreshold: 2}
	must(sys.RotateRootInit(request))
	check(sys.RotateRootCancel())
	same(false, must(sys.RotateRootStatus()).Started)
	begun := must(sys.RotateRootInit(request))
	made := updated(shares, func(share string) (*api.RotateUpdateResponse, bool) {
		answer := must(sys.RotateRootUpdate(share, begun.Nonce))
		return answer, answer.Complete
	})
	return made.KeysB64
}

// generateRootAnonymously comes to no token: this client knows the form alone whose shares come with one.
func generateRootAnonymously(client *api.Client, shares []string) {
	step("GenerateRootUpdate without a token")
	begun := must(client.Sys().GenerateRootInit("", ""))
	refused(403, "permission denied", err2(client.Sys().GenerateRootUpdate(shares[0], begun.Nonce)))
	check(client.Sys().GenerateRootCancel())
}
