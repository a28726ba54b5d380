// SPDX-License-Identifier: Apache-2.0

/// Who somebody is, whatever way they logged in: an `Entity` has an `Alias` for each login method that knows
/// it and is a member of `Group`s, and all of them carry policies.
///
/// Scope `identity` holds `entities/<id>`, `aliases/<id>`, `groups/<id>`, `group-aliases/<id>`, and a
/// `Pointer` for each name: `entity-names/<name>`, `group-names/<name>`, and for aliases of both kinds
/// `…-names/<accessor>/<SHA-256 of the name in hex>`, because a name there may hold anything.
///
/// Names have one canonical form, see `IdentityName`.
package io.coffer.core.identity;
