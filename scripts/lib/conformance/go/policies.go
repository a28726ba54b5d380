// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"slices"

	api "github.com/hashicorp/vault/api"
)

// Policies, and what they let a token do.

const reader = `path "secret/data/app/*" { capabilities = ["read"] }`

func policies(client *api.Client) {
	sys := client.Sys()
	step("PutPolicy, GetPolicy, ListPolicies")
	check(sys.PutPolicy("reader", reader))
	check(sys.PutPolicy("maker", `path "auth/token/create*" { capabilities = ["update"] }`))
	same(reader, must(sys.GetPolicy("reader")))
	same("", must(sys.GetPolicy("never-there")))
	names := must(sys.ListPolicies())
	slices.Sort(names)
	same([]string{"default", "maker", "reader", "root"}, names)
	step("PutPolicy of what cannot be read; those that stay")
	refused(400, "failed to parse policy", sys.PutPolicy("torn", `path "a" {`))
	refused(400, `cannot update "root" policy`, sys.PutPolicy("root", reader))
	refused(400, "cannot delete", sys.DeletePolicy("default"))
	step("CapabilitiesSelf, Capabilities")
	auth := must(client.Auth().Token().Create(&api.TokenCreateRequest{Policies: []string{"reader"}, TTL: "1h"})).Auth
	limited := at("", auth.ClientToken)
	same([]string{"root"}, must(sys.CapabilitiesSelf("sys/mounts")))
	same([]string{"read"}, must(limited.Sys().CapabilitiesSelf("secret/data/app/x")))
	same([]string{"deny"}, must(sys.Capabilities(auth.ClientToken, "secret/data/other")))
	step("a token may do what its policies allow and nothing else")
	ctx := context.Background()
	has(map[string]any{"a": 1}, must(limited.KVv2("secret").Get(ctx, "app/allowed")).Data)
	refused(403, "permission denied", err2(limited.KVv2("secret").Put(ctx, "app/allowed", map[string]any{"a": 2})))
	refused(403, "permission denied", err2(limited.Sys().ListMounts()))
	step("DeletePolicy, twice")
	check(sys.PutPolicy("short", reader))
	check(sys.DeletePolicy("short"))
	check(sys.DeletePolicy("short"))
	same("", must(sys.GetPolicy("short")))
}
