// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.hcl.HclException;
import io.coffer.core.request.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {
    private static final String WHOLE = """
            # For the team.
            name = "team"
            path "/secret/data/team/*" {
              comment              = "all of it"
              capabilities         = ["create", "read", "scan"]
              policy               = "read"
              allowed_parameters   = { "TTL" = ["1h", 2], "*" = [] }
              denied_parameters { "no_parent" = [true] }
              required_parameters  = ["ttl"]
              min_wrapping_ttl     = 60
              max_wrapping_ttl     = "1h30m"
              expiration           = "2030-01-01T00:00:00Z"
              pagination_limit     = 20
              list_scan_response_keys_filter_path = "{{ .path | replace \\"a\\" \\"b\\" }}{{ .key }}"
            }
            path "plain" {}
            """;

    private static final String WHOLE_JSON = """
            {"name": "team", "path": {"/secret/data/team/*": {
              "comment": "all of it",
              "capabilities": ["create", "read", "scan"],
              "policy": "read",
              "allowed_parameters": {"TTL": ["1h", 2], "*": []},
              "denied_parameters": {"no_parent": [true]},
              "required_parameters": ["ttl"],
              "min_wrapping_ttl": 60,
              "max_wrapping_ttl": "1h30m",
              "expiration": 1893456000,
              "pagination_limit": 20,
              "list_scan_response_keys_filter_path": "{{ .path | replace \\"a\\" \\"b\\" }}{{ .key }}"
            }, "plain": {}}}
            """;

    @Test
    void everyKeyIsRead() {
        Stanza stanza = PolicyParser.parse(WHOLE).stanzas().getFirst();
        Terms terms = stanza.terms();
        assertThat(stanza.label()).isEqualTo("/secret/data/team/*");
        assertThat(stanza.path().resolve(Subject.NOBODY, Template.Leave.NONE, Instant.EPOCH))
                .contains("secret/data/team/*");
        assertThat(stanza.at().line()).isEqualTo(3);
        assertThat(stanza.end()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(terms.capabilities().names()).containsExactly("create", "list", "read", "scan");
        assertThat(terms.parameters().required()).containsExactly("ttl");
        assertThat(terms.parameters().allowed().get("ttl")).containsExactly(Json.of("1h"), Json.of(2));
        assertThat(terms.parameters().denied().get("no_parent")).containsExactly(Json.of(true));
        assertThat(terms.wrapping()).isEqualTo(new WrapRange(Duration.ofMinutes(1), Duration.ofMinutes(90)));
        assertThat(terms.pageLimit()).isEqualTo(20);
        assertThat(terms.filter()
                        .orElseThrow()
                        .pathOf("a/x/", "key/")
                        .orElseThrow()
                        .value())
                .isEqualTo("b/x/key/");
    }

    @Test
    void theJsonFormSaysTheSame() {
        Policy hcl = PolicyParser.parse(WHOLE);
        Policy json = PolicyParser.parse(WHOLE_JSON);
        assertThat(json.stanzas()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(json.stanzas().get(i).terms())
                    .isEqualTo(hcl.stanzas().get(i).terms());
            assertThat(json.stanzas().get(i).end())
                    .isEqualTo(hcl.stanzas().get(i).end());
            assertThat(json.stanzas().get(i).label())
                    .isEqualTo(hcl.stanzas().get(i).label());
        }
        Policy listed = PolicyParser.parse("{\"path\": [{\"a\": {\"policy\": \"read\"}}, {\"b\": {}}]}");
        assertThat(listed.stanzas()).extracting(Stanza::label).containsExactly("a", "b");
    }

    @Test
    void shorthandsOfOldAreTaken() {
        assertThat(capabilities("policy = \"deny\"")).containsExactly("deny");
        assertThat(capabilities("policy = \"read\"")).containsExactly("list", "read");
        assertThat(capabilities("policy = \"write\"")).containsExactly("create", "delete", "list", "read", "update");
        assertThat(capabilities("policy = \"sudo\""))
                .containsExactly("create", "delete", "list", "read", "sudo", "update");
        assertThat(capabilities("capabilities = [\"patch\"]\npolicy = \"read\""))
                .containsExactly("list", "patch", "read");
    }

    @Test
    void aDenyLeavesNothingElse() {
        Terms terms = PolicyParser.parse(
                        "path \"a\" { capabilities = [\"read\", \"deny\"] required_parameters = [\"x\"] }")
                .stanzas()
                .getFirst()
                .terms();
        assertThat(terms).isEqualTo(Terms.DENIED);
    }

    @Test
    void ofAnAttributeThatStandsTwiceTheLastCounts() {
        assertThat(capabilities("capabilities = [\"read\"]\ncapabilities = [\"list\"]"))
                .containsExactly("list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# nothing", "// nothing", "/* nothing */", "{}", "\n\n", "path \"a\" {}"})
    void aTextThatAllowsNothingIsAPolicy(String text) {
        assertThat(PolicyParser.parse(text).stanzas().stream()
                        .noneMatch(stanza -> stanza.terms().capabilities().grants()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            pth "a" { }                                             | 1 | 1  | invalid key "pth" on line 1
            ~\n\nwhat = 1~                                          | 3 | 1  | invalid key "what" on line 3
            name = 3                                                | 1 | 1  | name is text
            path "a" { capabilities = ["fly"] }                     | 1 | 28 | path "a": invalid capability "fly"
            path "a" { capabilities = ["READ"] }                    | 1 | 28 | path "a": invalid capability "READ"
            path "a" { capabilities = ["root"] }                    | 1 | 28 | path "a": invalid capability "root"
            path "a" { capabilities = "read" }                      | 1 | 27 | path "a": capabilities: found a string, expected a list
            path "a" { capabilities = [1] }                         | 1 | 28 | path "a": capabilities: found a whole number, expected text in double quotes
            path "a" { capabilities { } }                           | 1 | 12 | path "a": capabilities: expected '=' and a value
            path "a" { policy = "all" }                             | 1 | 21 | path "a": invalid policy "all"
            path "a" { comment = 1 }                                | 1 | 22 | path "a": comment: found a whole number, expected text in double quotes
            ~path "a" {\n  colour = "red"\n}~                       | 2 | 3  | path "a": invalid key "colour" on line 2
            path "a+*" { }                                          | 1 | 6  | path "a+*": invalid use of wildcards ('+*' is forbidden)
            path "a/+*" { }                                         | 1 | 6  | path "a/+*": invalid use of wildcards ('+*' is forbidden)
            path "a" { min_wrapping_ttl="5m" max_wrapping_ttl="1m" }| 1 | 6  | path "a": max_wrapping_ttl cannot be less than min_wrapping_ttl
            path "a" { min_wrapping_ttl = "soon" }                  | 1 | 31 | path "a": min_wrapping_ttl: expected a length of time, as 60 or "5m"
            path "a" { max_wrapping_ttl = -1 }                      | 1 | 31 | path "a": max_wrapping_ttl: expected a length of time, as 60 or "5m"
            path "a" { expiration = "tomorrow" }                    | 1 | 25 | path "a": invalid expiration time; write 2030-01-31T00:00:00Z, or seconds since 1970
            path "a" { pagination_limit = -1 }                      | 1 | 31 | path "a": pagination_limit: expected a whole number that is not negative
            path "a" { allowed_parameters = ["x"] }                 | 1 | 34 | found a string, expected a block of `allowed_parameters`
            path "a" { allowed_parameters = { "x" = "y" } }         | 1 | 41 | path "a": allowed_parameters: found a string, expected a list
            path "a" { denied_parameters = { "X" = [], "x" = [] } } | 1 | 44 | path "a": denied_parameters: "x" stands twice, since letters are compared in lower case
            path "a" { required_parameters = "ttl" }                | 1 | 34 | path "a": required_parameters: found a string, expected a list
            path "{{identity.entity.id" { }                         | 1 | 6  | path "{{identity.entity.id": unbalanced templating characters, '{{' without '}}'
            path "identity.entity.id}}" { }                         | 1 | 6  | path "identity.entity.id}}": unbalanced templating characters, '}}' without '{{'
            path "{{a{{b}}" { }                                     | 1 | 6  | path "{{a{{b}}": unbalanced templating characters, '{{' without '}}'
            path { policy = "read" }                                | 1 | 17 | found a string, expected a block of `path`
            path "a" "b" { }                                        | 1 | 1  | `path` has 2 labels, expected 1
            path "a" { capabilities = ["read"]                      | 1 | 10 | the block `path` is not closed, expected '}'
            path "a" { capabilities = "x                            | 1 | 27 | this string is not closed on its line, expected '"'
            {"path":{"a":{"capabilities":["fly"]}}}                 | 1 | 31 | path "a": invalid capability "fly"
            {"path":{"a":{},"a":{}}}                                | 1 | 17 | `a` stands twice in one object
            {"policy":{}}                                           | 1 | 2  | invalid key "policy" on line 1
            """)
    void whatIsWrongIsNamedWithItsPlace(String text, int line, int column, String problem) {
        assertThatThrownBy(() -> PolicyParser.parse(text))
                .isInstanceOfSatisfying(HclException.class, refused -> {
                    assertThat(refused.problem()).isEqualTo(problem);
                    assertThat(refused.line()).isEqualTo(line);
                    assertThat(refused.column()).isEqualTo(column);
                })
                .hasMessageStartingWith("line " + line + ", column " + column + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"control_group", "mfa_methods"})
    void whatWouldAllowLessElsewhereIsNotIgnored(String key) {
        assertThatThrownBy(() -> PolicyParser.parse("path \"a\" { " + key + " = [] }"))
                .isInstanceOf(HclException.class)
                .hasMessageContaining(key + " is not supported")
                .hasMessageContaining("allow more than was meant");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            {{ .path }}                                 ; expected {{ .key }} in it
            {{ .key                                     ; expected {{ .path }} or {{ .key }}
            {{ .mount }}{{ .key }}                      ; expected {{ .path }} or {{ .key }}
            {{ .key | replace \\"\\" \\"x\\" }}         ; expected {{ .path }} or {{ .key }}
            {{ .key | printf \\"x\\" }}                 ; expected {{ .path }} or {{ .key }}
            """)
    void aFilterIsTheSmallTemplateThatItIs(String template, String problem) {
        String text = "path \"a\" { policy = \"read\" list_scan_response_keys_filter_path = \"" + template + "\" }";
        assertThatThrownBy(() -> PolicyParser.parse(text))
                .isInstanceOf(HclException.class)
                .hasMessageContaining("list_scan_response_keys_filter_path: " + problem);
        assertThatThrownBy(() -> PolicyParser.parse(
                        "path \"a\" { policy = \"deny\" list_scan_response_keys_filter_path = \"{{ .key }}\" }"))
                .hasMessageContaining("needs to be used on a path with the list capability");
    }

    @Test
    void aFilterThatGrowsIsCutOff() {
        String blowUp = "{{ .path" + " | replace \"a\" \"aaaaaaaaaaaaaaaaaaaa\"".repeat(20) + " }}{{ .key }}";
        assertThat(KeyFilter.of(blowUp).pathOf("a/", "k")).isEmpty();
    }

    @Test
    void aMessageShowsNoMoreOfALongNameThanIsNeeded() {
        assertThatThrownBy(() -> PolicyParser.parse("path \"" + "x".repeat(3_000) + "\\u0007\" { capabilities = [1] }"))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
        assertThatThrownBy(() -> PolicyParser.parse("path \"" + "x".repeat(5_000) + "\" { }"))
                .hasMessageContaining("longer than the path of any request");
    }

    private static List<String> capabilities(String body) {
        return PolicyParser.parse("path \"a\" {\n" + body + "\n}")
                .stanzas()
                .getFirst()
                .terms()
                .capabilities()
                .names();
    }
}
