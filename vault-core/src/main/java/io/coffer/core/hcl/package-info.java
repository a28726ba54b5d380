// SPDX-License-Identifier: Apache-2.0
/// The language of configurations and policies. Four nouns: a {@code Body} holds {@code Item}s, which are
/// attributes with a {@code Value} or blocks with a body of their own; everything knows its {@code Position}.
package io.coffer.core.hcl;
