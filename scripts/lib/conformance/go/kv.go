// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"time"

	api "github.com/hashicorp/vault/api"
)

// Secrets engines, and key-value of both versions.

func mounts(client *api.Client) {
	sys := client.Sys()
	step("Mount, ListMounts")
	check(sys.Mount("secret", &api.MountInput{Type: "kv", Options: map[string]string{"version": "2"}}))
	check(sys.Mount("plain", &api.MountInput{Type: "kv", Description: "of version 1",
		Config: api.MountConfigInput{DefaultLeaseTTL: "1h", MaxLeaseTTL: "2h"}}))
	found := must(sys.ListMounts())
	same("2", found["secret/"].Options["version"])
	same([]any{"kv", "of version 1", 3600, 7200}, []any{found["plain/"].Type, found["plain/"].Description,
		found["plain/"].Config.DefaultLeaseTTL, found["plain/"].Config.MaxLeaseTTL})
	same("system", found["sys/"].Type)
	step("Mount where something stands, and of a kind that is none")
	refused(400, "path is already in use at secret/", sys.Mount("secret", &api.MountInput{Type: "kv"}))
	refused(400, "plugin not found in the catalog: none", sys.Mount("x", &api.MountInput{Type: "none"}))
	step("TuneMount, MountConfig")
	tuned := "tuned"
	check(sys.TuneMount("plain", api.MountConfigInput{DefaultLeaseTTL: "30m", MaxLeaseTTL: "90m", Description: &tuned,
		ListingVisibility: "unauth", AuditNonHMACRequestKeys: []string{"name"}}))
	config := must(sys.MountConfig("plain"))
	same([]any{1800, 5400, "unauth", []string{"name"}}, []any{config.DefaultLeaseTTL, config.MaxLeaseTTL,
		config.ListingVisibility, config.AuditNonHMACRequestKeys})
	step("Remount takes the secrets along; RemountStatus")
	check(sys.Mount("from", &api.MountInput{Type: "kv"}))
	must(client.Logical().Write("from/a", map[string]any{"b": "c"}))
	check(sys.Remount("from", "to"))
	same("c", must(client.Logical().Read("to/a")).Data["b"])
	moving := must(sys.StartRemount("to", "there/to"))
	same("success", must(sys.RemountStatus(moving.MigrationID)).MigrationInfo.MigrationStatus)
	step("Unmount, twice")
	check(sys.Unmount("there/to"))
	check(sys.Unmount("there/to"))
	same(nil, nothing(must(sys.ListMounts())["there/to/"]))
	step("Help")
	same(true, len(must(client.Help("sys/mounts")).Help) > 0)
}

// nothing gives nil for a typed nil too.
func nothing(mount *api.MountOutput) any {
	if mount == nil {
		return nil
	}
	return mount
}

func kv(client *api.Client) {
	ctx := context.Background()
	unversioned(ctx, client)
	step("KVv2.Put, Get")
	versioned := client.KVv2("secret")
	data := map[string]any{"text": "grüß dich", "number": 12345678901234567, "list": []any{1, "zwei", nil, true}}
	same(1, must(versioned.Put(ctx, "app/one", data)).VersionMetadata.Version)
	found := must(versioned.Get(ctx, "app/one"))
	has(data, map[string]any{"text": found.Data["text"], "number": found.Data["number"], "list": found.Data["list"]})
	same(true, time.Since(found.VersionMetadata.CreatedTime) < time.Hour)
	step("KVv2.Put with cas")
	refused(400, "check-and-set parameter did not match the current version",
		err2(versioned.Put(ctx, "app/one", data, api.WithCheckAndSet(0))))
	same(2, must(versioned.Put(ctx, "app/one", map[string]any{"n": 2}, api.WithCheckAndSet(1))).VersionMetadata.Version)
	step("KVv2.Patch by PATCH and by read and write")
	same(3, must(versioned.Patch(ctx, "app/one", map[string]any{"more": true}, api.WithMergeMethod("patch"))).VersionMetadata.Version)
	same(4, must(versioned.Patch(ctx, "app/one", map[string]any{"less": true}, api.WithMergeMethod("rw"))).VersionMetadata.Version)
	has(map[string]any{"n": 2, "more": true, "less": true}, must(versioned.Get(ctx, "app/one")).Data)
	step("KVv2.GetVersion, GetVersionsAsList")
	has(map[string]any{"n": 2}, must(versioned.GetVersion(ctx, "app/one", 2)).Data)
	same(4, len(must(versioned.GetVersionsAsList(ctx, "app/one"))))
	step("KVv2.Delete, Undelete, DeleteVersions, Destroy")
	check(versioned.Delete(ctx, "app/one"))
	same(0, len(must(versioned.Get(ctx, "app/one")).Data))
	check(versioned.Undelete(ctx, "app/one", []int{4}))
	has(map[string]any{"less": true}, must(versioned.Get(ctx, "app/one")).Data)
	check(versioned.DeleteVersions(ctx, "app/one", []int{1, 2}))
	check(versioned.Destroy(ctx, "app/one", []int{1}))
	list := must(versioned.GetVersionsAsList(ctx, "app/one"))
	same([]bool{true, false, false, false}, []bool{list[0].Destroyed, list[1].Destroyed, list[2].Destroyed, list[3].Destroyed})
	same(false, list[1].DeletionTime.IsZero())
	step("KVv2.Rollback")
	same(5, must(versioned.Rollback(ctx, "app/one", 3)).VersionMetadata.Version)
	metadata(ctx, versioned)
	step("a secret for after the seal, by Logical.Write; List")
	must(client.Logical().Write("secret/data/end", map[string]any{"data": map[string]any{"left": "for the end"}}))
	same("[app/ end]", must(client.Logical().List("secret/metadata")).Data["keys"])
	same(true, must(client.Logical().List("secret/metadata/never/there")) == nil)
	same(true, must(client.Logical().Read("secret/data/never-there")) == nil)
}

func metadata(ctx context.Context, versioned *api.KVv2) {
	step("KVv2.PutMetadata, PatchMetadata, GetMetadata")
	check(versioned.PutMetadata(ctx, "app/one", api.KVMetadataPutInput{MaxVersions: 7, CASRequired: true,
		DeleteVersionAfter: time.Hour, CustomMetadata: map[string]any{"owner": "one"}}))
	limit := 6
	check(versioned.PatchMetadata(ctx, "app/one", api.KVMetadataPatchInput{MaxVersions: &limit,
		CustomMetadata: map[string]any{"floor": "2"}}))
	found := must(versioned.GetMetadata(ctx, "app/one"))
	same([]any{6, true, time.Hour, 5}, []any{found.MaxVersions, found.CASRequired, found.DeleteVersionAfter,
		found.CurrentVersion})
	has(map[string]any{"owner": "one", "floor": "2"}, found.CustomMetadata)
	refused(400, "check-and-set parameter required", err2(versioned.Put(ctx, "app/one", map[string]any{"n": 1})))
	step("KVv2.DeleteMetadata")
	check(versioned.DeleteMetadata(ctx, "app/one"))
	same(api.ErrSecretNotFound, unwrapped(err2(versioned.Get(ctx, "app/one"))))
	must(versioned.Put(ctx, "app/allowed", map[string]any{"a": 1}, api.WithCheckAndSet(0)))
}

func unversioned(ctx context.Context, client *api.Client) {
	step("KVv1.Put, Get, Delete")
	plain := client.KVv1("plain")
	check(plain.Put(ctx, "app/one", map[string]any{"a": "b", "deep": map[string]any{"er": []any{}}}))
	found := must(plain.Get(ctx, "app/one"))
	has(map[string]any{"a": "b"}, found.Data)
	same(1800, found.Raw.LeaseDuration)
	check(plain.Put(ctx, "app/one", map[string]any{"only": "this"}))
	same(map[string]any{"only": "this"}, must(plain.Get(ctx, "app/one")).Data)
	same("[one]", must(client.Logical().List("plain/app")).Data["keys"])
	check(plain.Delete(ctx, "app/one"))
	check(plain.Delete(ctx, "app/one"))
	same(api.ErrSecretNotFound, unwrapped(err2(plain.Get(ctx, "app/one"))))
}
