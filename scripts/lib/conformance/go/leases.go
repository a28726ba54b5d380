// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"path"
	"strings"

	api "github.com/hashicorp/vault/api"
)

// Response wrapping, and leases.

const gone = "wrapping token is not valid or does not exist"

func unwrapped(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

func wrapping(client *api.Client) {
	logical := client.Logical()
	step("a read that is wrapped; Unwrap with the token in the body, once")
	asking := must(client.Clone())
	asking.SetToken(client.Token())
	asking.SetWrappingLookupFunc(func(operation, path string) string { return "30s" })
	wrap := must(asking.Logical().Read("secret/data/app/allowed")).WrapInfo
	same([]any{30, "secret/data/app/allowed"}, []any{wrap.TTL, wrap.CreationPath})
	has(map[string]any{"data": "map[a:1]"}, must(logical.Unwrap(wrap.Token)).Data)
	refused(400, gone, err2(logical.Unwrap(wrap.Token)))
	step("Unwrap with the token as the client's")
	wrap = must(asking.Logical().Write("sys/wrapping/wrap", map[string]any{"c": "d"})).WrapInfo
	same("d", must(at("", wrap.Token).Logical().Unwrap("")).Data["c"])
	step("lookup and rewrap by Write")
	wrap = must(asking.Logical().Write("sys/wrapping/wrap", map[string]any{"e": "f"})).WrapInfo
	has(map[string]any{"creation_ttl": 30, "creation_path": "sys/wrapping/wrap"},
		must(at("", "").Logical().Write("sys/wrapping/lookup", map[string]any{"token": wrap.Token})).Data)
	anew := must(logical.Write("sys/wrapping/rewrap", map[string]any{"token": wrap.Token})).WrapInfo
	refused(400, gone, err2(logical.Unwrap(wrap.Token)))
	same("f", must(logical.Unwrap(anew.Token)).Data["e"])
	step("a token that is wrapped")
	wrap = must(asking.Auth().Token().Create(&api.TokenCreateRequest{Policies: []string{"reader"}, TTL: "1h"})).WrapInfo
	auth := must(at("", wrap.Token).Logical().Unwrap("")).Auth
	same(wrap.WrappedAccessor, auth.Accessor)
	same(true, lives(auth.ClientToken))
}

func leases(client *api.Client) {
	sys, logical := client.Sys(), client.Logical()
	step("Sys.Lookup, Renew, Revoke of a lease")
	check(sys.Mount("leased", &api.MountInput{Type: "kv", Options: map[string]string{"leased_passthrough": "true"}}))
	must(logical.Write("leased/app/one", map[string]any{"user": "u", "ttl": "30m"}))
	secret := must(logical.Read("leased/app/one"))
	same([]any{1800, true}, []any{secret.LeaseDuration, secret.Renewable})
	has(map[string]any{"id": secret.LeaseID, "renewable": true}, must(sys.Lookup(secret.LeaseID)).Data)
	same(3600, must(sys.Renew(secret.LeaseID, 3600)).LeaseDuration)
	check(sys.Revoke(secret.LeaseID))
	refused(400, "lease not found", err2(sys.Renew(secret.LeaseID, 0)))
	step("RevokeWithOptions, RevokePrefix, RevokeForce")
	for _, revoke := range []func() error{
		func() error { return sys.RevokePrefix("leased/app") },
		func() error { return sys.RevokeForce("leased/app") },
		func() error {
			return sys.RevokeWithOptions(&api.RevokeOptions{LeaseID: "leased/app", Prefix: true, Sync: true})
		},
	} {
		secret = must(logical.Read("leased/app/one"))
		same(true, strings.Contains(fmt.Sprint(must(logical.List("sys/leases/lookup/leased/app/one")).Data["keys"]),
			path.Base(secret.LeaseID)))
		check(revoke())
		refused(400, "invalid lease", err2(sys.Lookup(secret.LeaseID)))
	}
	step("LifetimeWatcher renews a lease, until it is revoked")
	must(logical.Write("leased/app/short", map[string]any{"user": "u", "ttl": "3s"}))
	secret = must(logical.Read("leased/app/short"))
	watcher := must(client.NewLifetimeWatcher(&api.LifetimeWatcherInput{Secret: secret, Increment: 3,
		RenewBehavior: api.RenewBehaviorErrorOnErrors}))
	go watcher.Start()
	defer watcher.Stop()
	renewal := <-watcher.RenewCh()
	same(secret.LeaseID, renewal.Secret.LeaseID)
	check(sys.Revoke(secret.LeaseID))
	for over := false; !over; {
		select {
		case <-watcher.RenewCh():
		case err := <-watcher.DoneCh():
			// By then it may have come to its end by itself too.
			refused(400, "lease ", err)
			over = true
		}
	}
}
