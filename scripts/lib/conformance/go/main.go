// SPDX-License-Identifier: Apache-2.0

// The Go client of the Vault API, unmodified, from init to seal against the fresh vault at VAULT_ADDR, which listens
// with legacy_ceremonies at LEGACY_ADDR too; and the ceremonies of old in development mode, at DEV_ADDR with the one
// share DEV_SHARE. scripts/conformance builds it twice: as it stands, and with the import of OpenBao's client instead
// and the tag openbao.
package main

import (
	"fmt"
	"os"

	api "github.com/hashicorp/vault/api"
)

// at makes a client of this address and token; without either, as the environment says.
func at(address, token string) *api.Client {
	client := must(api.NewClient(api.DefaultConfig()))
	if address != "" {
		check(client.SetAddress(address))
	}
	client.SetToken(token)
	return client
}

func main() {
	client := at("", "")
	shares := initialize(client)
	unseal(client, shares)
	mounts(client)
	kv(client)
	policies(client)
	tokens(client)
	logins(client)
	wrapping(client)
	leases(client)
	shares = ceremonies(client, os.Getenv("LEGACY_ADDR"), shares)
	sealed(client, shares)
	development(at(os.Getenv("DEV_ADDR"), ""), os.Getenv("DEV_SHARE"))
	fmt.Printf("%d steps\n", steps)
}
