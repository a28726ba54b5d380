// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	api "github.com/hashicorp/vault/api"
)

// Login methods: userpass and approle, as the client's Auth().Login meets them.

// login is an AuthMethod: writes to a path what it needs.
type login struct {
	path string
	data map[string]any
}

func (method login) Login(ctx context.Context, client *api.Client) (*api.Secret, error) {
	return client.Logical().WriteWithContext(ctx, method.path, method.data)
}

func logins(client *api.Client) {
	step("EnableAuthWithOptions, ListAuth, DisableAuth")
	sys := client.Sys()
	check(sys.EnableAuthWithOptions("userpass", &api.EnableAuthOptions{Type: "userpass", Description: "people"}))
	check(sys.EnableAuthWithOptions("approle", &api.EnableAuthOptions{Type: "approle"}))
	check(sys.EnableAuthWithOptions("not/for/long", &api.EnableAuthOptions{Type: "approle"}))
	same("people", must(sys.ListAuth())["userpass/"].Description)
	refused(400, "path is already in use at", sys.EnableAuthWithOptions("userpass", &api.EnableAuthOptions{Type: "userpass"}))
	check(sys.DisableAuth("not/for/long"))
	_, there := must(sys.ListAuth())["not/for/long/"]
	same(false, there)
	check(sys.TuneMount("auth/userpass", api.MountConfigInput{DefaultLeaseTTL: "40m", MaxLeaseTTL: "3h"}))
	same(2400, must(sys.MountConfig("auth/userpass")).DefaultLeaseTTL)
	userpass(client)
	approle(client)
}

func userpass(client *api.Client) {
	ctx := context.Background()
	logical := client.Logical()
	step("Auth().Login by userpass gives a token, which the client takes")
	must(logical.Write("auth/userpass/users/ada", map[string]any{"password": "first", "token_policies": "reader"}))
	same("[ada]", must(logical.List("auth/userpass/users")).Data["keys"])
	ada := at("", "")
	secret := must(ada.Auth().Login(ctx, login{"auth/userpass/login/Ada", map[string]any{"password": "first"}}))
	same([]any{2400, true, "ada"}, []any{secret.Auth.LeaseDuration, secret.Auth.Renewable, secret.Auth.Metadata["username"]})
	same(secret.Auth.ClientToken, ada.Token())
	has(map[string]any{"a": 1}, must(ada.KVv2("secret").Get(ctx, "app/allowed")).Data)
	step("a password that was changed")
	must(logical.Write("auth/userpass/users/ada/password", map[string]any{"password": "second"}))
	refused(400, "invalid username or password",
		err2(ada.Auth().Login(ctx, login{"auth/userpass/login/ada", map[string]any{"password": "first"}})))
	must(ada.Auth().Login(ctx, login{"auth/userpass/login/ada", map[string]any{"password": "second"}}))
	step("an entity of the login, by Read and Write")
	entity := must(logical.Read("identity/entity/id/" + secret.Auth.EntityID))
	has(map[string]any{"id": secret.Auth.EntityID}, entity.Data)
	must(logical.Write("identity/entity/id/"+secret.Auth.EntityID, map[string]any{"policies": "maker"}))
	same([]string{"maker"}, must(ada.Auth().Login(ctx,
		login{"auth/userpass/login/ada", map[string]any{"password": "second"}})).Auth.IdentityPolicies)
}

func approle(client *api.Client) {
	ctx := context.Background()
	logical := client.Logical()
	step("a role, its role-id, a secret-id; Auth().Login by them")
	must(logical.Write("auth/approle/role/web", map[string]any{"token_policies": []string{"reader"}, "token_ttl": "10m",
		"secret_id_num_uses": 2}))
	has(map[string]any{"token_ttl": 600, "secret_id_num_uses": 2}, must(logical.Read("auth/approle/role/web")).Data)
	roleID := must(logical.Read("auth/approle/role/web/role-id")).Data["role_id"]
	made := must(logical.Write("auth/approle/role/web/secret-id", map[string]any{"metadata": `{"host":"a"}`})).Data
	method := login{"auth/approle/login", map[string]any{"role_id": roleID, "secret_id": made["secret_id"]}}
	web := at("", "")
	auth := must(web.Auth().Login(ctx, method)).Auth
	same([]any{"a", "web", 600}, []any{auth.Metadata["host"], auth.Metadata["role_name"], auth.LeaseDuration})
	has(map[string]any{"a": 1}, must(web.KVv2("secret").Get(ctx, "app/allowed")).Data)
	must(web.Auth().Login(ctx, method))
	refused(400, "invalid role or secret ID", err2(web.Auth().Login(ctx, method)))
	step("a secret-id wrapped by SetWrappingLookupFunc, unwrapped by who has no token")
	asking := must(client.Clone())
	asking.SetToken(client.Token())
	asking.SetWrappingLookupFunc(func(operation, path string) string { return "60s" })
	wrap := must(asking.Logical().Write("auth/approle/role/web/secret-id", nil)).WrapInfo
	same("auth/approle/role/web/secret-id", wrap.CreationPath)
	unwrapped := must(at("", "").Logical().Unwrap(wrap.Token)).Data
	same(wrap.WrappedAccessor, unwrapped["secret_id_accessor"])
	must(at("", "").Auth().Login(ctx, login{"auth/approle/login",
		map[string]any{"role_id": roleID, "secret_id": unwrapped["secret_id"]}}))
}
