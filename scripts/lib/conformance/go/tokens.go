// SPDX-License-Identifier: Apache-2.0

package main

import (
	"time"

	api "github.com/hashicorp/vault/api"
)

// Tokens: create, look up, renew, revoke; roles; and the watcher that renews by itself.

func tokens(client *api.Client) {
	created(client)
	renewed(client)
	revoked(client)
	roles(client)
}

func lives(token string) bool {
	return err2(at("", token).Auth().Token().LookupSelf()) == nil
}

func created(client *api.Client) {
	token := client.Auth().Token()
	step("Create with every field, Lookup, LookupAccessor, and what a Secret tells of it")
	renewable := true
	made := must(token.Create(&api.TokenCreateRequest{ID: "my-own-id", Policies: []string{"reader"},
		Metadata: map[string]string{"team": "one"}, TTL: "30m", ExplicitMaxTTL: "2h", NoParent: true,
		NoDefaultPolicy: true, DisplayName: "a name", NumUses: 9, Renewable: &renewable, Type: "service"}))
	same("my-own-id", must(made.TokenID()))
	found := must(token.Lookup("my-own-id"))
	has(map[string]any{"display_name": "token-a-name", "num_uses": 9, "orphan": true, "explicit_max_ttl": 7200,
		"path": "auth/token/create"}, found.Data)
	same([]any{9, true}, []any{must(found.TokenRemainingUses()), must(found.TokenIsRenewable())})
	same([]string{"reader"}, must(found.TokenPolicies()))
	same(map[string]string{"team": "one"}, must(found.TokenMetadata()))
	ttl := must(found.TokenTTL())
	same(true, ttl > 29*time.Minute && ttl <= 30*time.Minute)
	accessor := must(found.TokenAccessor())
	has(map[string]any{"id": "", "num_uses": 9}, must(token.LookupAccessor(accessor)).Data)
	step("CreateOrphan; a batch token; Lookup of none")
	orphan := must(token.CreateOrphan(&api.TokenCreateRequest{TTL: "1h"})).Auth
	same(true, orphan.Orphan)
	batch := must(token.Create(&api.TokenCreateRequest{Type: "batch", TTL: "1h", Policies: []string{"reader"}})).Auth
	same([]any{"", false}, []any{batch.Accessor, batch.Renewable})
	has(map[string]any{"type": "batch"}, must(token.Lookup(batch.ClientToken)).Data)
	refused(403, "bad token", err2(token.Lookup("hvs.never-there")))
}

func renewed(client *api.Client) {
	token := client.Auth().Token()
	auth := must(token.Create(&api.TokenCreateRequest{Policies: []string{"reader"}, TTL: "10m"})).Auth
	step("Renew, RenewSelf, RenewTokenAsSelf, RenewAccessor")
	same(1200, must(token.Renew(auth.ClientToken, 1200)).Auth.LeaseDuration)
	same(1800, must(at("", auth.ClientToken).Auth().Token().RenewSelf(1800)).Auth.LeaseDuration)
	same(2400, must(token.RenewTokenAsSelf(auth.ClientToken, 2400)).Auth.LeaseDuration)
	same(3000, must(token.RenewAccessor(auth.Accessor, 3000)).Auth.LeaseDuration)
	step("LifetimeWatcher renews a token")
	watched := must(token.Create(&api.TokenCreateRequest{Policies: []string{"reader"}, TTL: "10m"}))
	watcher := must(at("", watched.Auth.ClientToken).NewLifetimeWatcher(
		&api.LifetimeWatcherInput{Secret: watched, Increment: 1200}))
	go watcher.Start()
	defer watcher.Stop()
	select {
	case renewal := <-watcher.RenewCh():
		same(1200, renewal.Secret.Auth.LeaseDuration)
	case err := <-watcher.DoneCh():
		fail("done before it renewed: %v", err)
	}
}

func revoked(client *api.Client) {
	token := client.Auth().Token()
	made := func(using *api.Client) *api.SecretAuth {
		return must(using.Auth().Token().Create(&api.TokenCreateRequest{Policies: []string{"root"}, TTL: "1h"})).Auth
	}
	step("RevokeTree ends the children too, RevokeOrphan leaves them")
	parent := made(client)
	child := made(at("", parent.ClientToken))
	check(token.RevokeTree(parent.ClientToken))
	same([]bool{false, false}, []bool{lives(parent.ClientToken), lives(child.ClientToken)})
	other := made(client)
	left := made(at("", other.ClientToken))
	check(token.RevokeOrphan(other.ClientToken))
	same([]bool{false, true}, []bool{lives(other.ClientToken), lives(left.ClientToken)})
	has(map[string]any{"orphan": true}, must(token.Lookup(left.ClientToken)).Data)
	step("RevokeAccessor, RevokeSelf")
	one, two := made(client), made(client)
	check(token.RevokeAccessor(one.Accessor))
	check(at("", two.ClientToken).Auth().Token().RevokeSelf(""))
	same([]bool{false, false}, []bool{lives(one.ClientToken), lives(two.ClientToken)})
}

func roles(client *api.Client) {
	step("CreateWithRole; the role by Write, Read, List, Delete")
	logical := client.Logical()
	must(logical.Write("auth/token/roles/worker", map[string]any{"allowed_policies": "reader", "orphan": true,
		"token_period": "1h"}))
	has(map[string]any{"allowed_policies": "[reader]", "token_period": 3600}, must(logical.Read("auth/token/roles/worker")).Data)
	same("[worker]", must(logical.List("auth/token/roles")).Data["keys"])
	auth := must(client.Auth().Token().CreateWithRole(&api.TokenCreateRequest{Policies: []string{"reader"}}, "worker")).Auth
	same([]any{3600, true}, []any{auth.LeaseDuration, auth.Orphan})
	refused(400, "must be subset", err2(client.Auth().Token().CreateWithRole(
		&api.TokenCreateRequest{Policies: []string{"maker"}}, "worker")))
	must(logical.Delete("auth/token/roles/worker"))
	same(true, must(logical.Read("auth/token/roles/worker")) == nil)
}
