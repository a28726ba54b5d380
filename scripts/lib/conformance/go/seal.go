// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	api "github.com/hashicorp/vault/api"
)

// Init, unseal, seal, and what may be asked without a token.

func initialize(client *api.Client) []string {
	sys := client.Sys()
	step("InitStatus, Health, SealStatus before init")
	same(false, must(sys.InitStatus()))
	same(false, must(sys.Health()).Initialized)
	status := must(sys.SealStatus())
	same([]any{false, true, 0}, []any{status.Initialized, status.Sealed, status.N})
	step("Init refuses a threshold above the shares")
	refused(400, "threshold cannot be larger than shares",
		err2(sys.Init(&api.InitRequest{SecretShares: 2, SecretThreshold: 3})))
	step("Init")
	made := must(sys.Init(&api.InitRequest{SecretShares: 5, SecretThreshold: 3}))
	same([]int{5, 5}, []int{len(made.Keys), len(made.KeysB64)})
	client.SetToken(made.RootToken)
	step("Init a second time")
	refused(400, "Vault is already initialized",
		err2(sys.Init(&api.InitRequest{SecretShares: 1, SecretThreshold: 1})))
	return made.KeysB64
}

func unseal(client *api.Client, shares []string) {
	sys := client.Sys()
	step("sealed: everything else is refused")
	quick := must(client.Clone())
	quick.SetMaxRetries(0)
	quick.SetToken(client.Token())
	refused(503, "Vault is sealed", err2(quick.Sys().ListMounts()))
	step("Unseal, ResetUnsealProcess")
	same(1, must(sys.Unseal(shares[4])).Progress)
	same(0, must(sys.ResetUnsealProcess()).Progress)
	step("Unseal, UnsealWithOptions with three shares")
	must(sys.Unseal(shares[0]))
	must(sys.Unseal(shares[2]))
	status := must(sys.UnsealWithOptions(&api.UnsealOpts{Key: shares[4]}))
	same([]any{false, 3, 5}, []any{status.Sealed, status.T, status.N})
	step("Health, Leader, StepDown")
	health := must(sys.Health())
	same([]any{true, false, false}, []any{health.Initialized, health.Sealed, health.Standby})
	same(false, must(sys.Leader()).HAEnabled)
	check(sys.StepDown())
	step("LookupSelf")
	has(map[string]any{"policies": "[root]", "ttl": 0}, must(client.Auth().Token().LookupSelf()).Data)
	step("a token that is none")
	refused(403, "permission denied", err2(at("", "hvs.not-a-token-of-this-vault").Sys().ListMounts()))
}

func sealed(client *api.Client, shares []string) {
	step("Seal")
	check(client.Sys().Seal())
	same(true, must(client.Sys().SealStatus()).Sealed)
	step("three other shares open it again, and what was written is there")
	for _, share := range shares[2:] {
		must(client.Sys().Unseal(share))
	}
	same("for the end", must(client.KVv2("secret").Get(context.Background(), "end")).Data["left"])
	check(client.Sys().Seal())
}
