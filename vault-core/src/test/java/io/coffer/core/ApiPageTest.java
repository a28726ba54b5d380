// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Access;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.policy.SudoPaths;
import io.coffer.core.request.Operation;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.MemoryDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The parts of `docs/api.md` between `<!-- routes: A B -->` and `<!-- end -->` are made from the routes of `sys/`
/// with such a path, or with one below it if it ends in a slash. To make them anew:
/// `mvn -q -pl vault-core test -Dtest=ApiPageTest -Dcoffer.docs=write`.
class ApiPageTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final boolean WRITE = "write".equals(System.getProperty("coffer.docs"));
    private static final Pattern PART =
            Pattern.compile("(<!-- routes: ([^>]*) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);

    private final List<Route> routes = routes();

    private static List<Route> routes() {
        TestVault.Setup setup = TestVault.Setup.over(new MemoryDisk());
        Committer committer = new Committer(setup.disk(), setup.log(), Observer.none(), setup.time());
        return new TestCore(setup, committer).system().routes();
    }

    @Test
    void thePageSaysWhatTheRoutesAre() throws Exception {
        String page = Files.readString(PAGE);
        String made = PART.matcher(page)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1) + part(part) + part.group(4)));
        if (WRITE) {
            Files.writeString(PAGE, made);
            return;
        }
        assertThat(page)
                .as("docs/api.md is not what the routes say; make it anew:"
                        + " mvn -q -pl vault-core test -Dtest=ApiPageTest -Dcoffer.docs=write")
                .isEqualTo(made);
    }

    @Test
    void everyPartNamesRoutes() throws Exception {
        List<String> names = PART.matcher(Files.readString(PAGE))
                .results()
                .flatMap(part -> Pattern.compile(" ").splitAsStream(part.group(2)))
                .toList();
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(routes).as(name).anyMatch(route -> named(route, name)));
    }

    private static boolean named(Route route, String name) {
        String path = route.pattern().text();
        return name.endsWith("/") ? path.startsWith(name) : path.equals(name);
    }

    private String part(MatchResult part) {
        List<String> names = List.of(part.group(2).split(" "));
        return routes.stream()
                .filter(route -> names.stream().anyMatch(name -> named(route, name)))
                .map(ApiPageTest::text)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String text(Route route) {
        StringBuilder text = new StringBuilder("### `")
                .append(method(route.operation()))
                .append(" sys/")
                .append(route.pattern().text())
                .append("`\n\n")
                .append(route.help())
                .append("\n\n- Who: ")
                .append(who(route))
                .append(".\n");
        for (Field field : route.fields()) {
            text.append("- Field `")
                    .append(field.name())
                    .append("`, ")
                    .append(field.type().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(": ")
                    .append(field.help())
                    .append('\n');
        }
        if (!route.answers().good().isEmpty()) {
            text.append("- Answer, ").append(shape(route.shape())).append(": ");
            text.append(route.answers().good()).append(".\n");
        }
        route.answers()
                .refusals()
                .forEach(refusal -> text.append("- Refused: ").append(refusal).append(".\n"));
        return text.toString();
    }

    private static String method(Operation operation) {
        return switch (operation) {
            case READ, HELP -> "GET";
            case LIST, SCAN -> operation.name();
            case UPDATE -> "POST";
            case PATCH -> "PATCH";
            case DELETE -> "DELETE";
        };
    }

    private static String who(Route route) {
        Function<Access, String> who = access -> switch (access) {
            case TOKEN ->
                SudoPaths.ask("system", route.pattern().text())
                        ? "a token whose policies allow it with sudo"
                        : "a token whose policies allow it";
            case ANY_TOKEN -> "any valid token";
            case ANYONE -> "anyone, while unsealed";
            case ANYONE_NAMED -> "anyone, while unsealed; a token sent along tells who it is";
            case TOKEN_OR_SHARE ->
                "a token whose policies allow it with sudo, or who sends a current share in `key`; with"
                        + " `legacy_ceremonies` anyone";
            case WRAPPING -> "a token whose policies allow it, or that of a wrapped answer";
            case ANY_STATE -> "anyone, also while sealed or not initialized";
            case TOKEN_IF_UNSEALED -> "a token whose policies allow it; while sealed nothing happens";
        };
        return who.apply(route.access());
    }

    private static String shape(Shape shape) {
        return switch (shape) {
            case ENVELOPE -> "in `data`";
            case INJECTED -> "in `data` and at the top";
            case RAW -> "bare";
        };
    }
}
