// SPDX-License-Identifier: Apache-2.0

/// Who may do what. A `Policy` is a text of rules by path; all that a caller has are compiled to one `Acl`,
/// which answers an `Ask` with a `Ruling`. The `PolicyStore` keeps the texts and `Acls` what was compiled
/// from them.
package io.coffer.core.policy;
