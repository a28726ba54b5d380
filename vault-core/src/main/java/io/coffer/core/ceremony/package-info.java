// SPDX-License-Identifier: Apache-2.0

/// What share holders do together: `Initialization` makes the shares, `Unsealing` collects them.
package io.coffer.core.ceremony;
