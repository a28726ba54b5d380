// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.List;

/// Reads heredocs: `<<EOF`, then lines taken as they are, up to a line that holds nothing but the marker.
/// The last line keeps its line end. With `<<-EOF` the marker may be indented, and every line loses the
/// marker's indentation; a line that has less is refused rather than shifted.
final class Heredocs {
    /// The longest marker.
    private static final int MARKER = 64;

    private final Source source;

    Heredocs(Source source) {
        this.source = source;
    }

    /// Reads from `<<` to the marker's line, whose end is left.
    String read() {
        Position start = source.here();
        source.skip("<<");
        boolean indented = source.accept('-');
        String marker = marker();
        List<Line> lines = new ArrayList<>();
        do {
            Line line = line();
            if (line.text().strip().equals(marker)) {
                String indentation = line.text().substring(0, line.text().indexOf(marker));
                if (!indented && !indentation.isEmpty()) {
                    throw new HclException(
                            line.at(),
                            "found " + marker + " after blanks, expected it at the line's start, or <<-" + marker);
                }
                return joined(lines, indentation);
            }
            lines.add(line);
        } while (source.accept('\n'));
        throw new HclException(start, "this heredoc is not closed, expected " + marker + " on a line of its own");
    }

    private String marker() {
        StringBuilder marker = new StringBuilder();
        while (Source.isNameStart(source.peek()) || Source.isDigit(source.peek())) {
            marker.appendCodePoint(source.next());
        }
        if (marker.isEmpty() || marker.length() > MARKER) {
            throw source.unexpected("a marker of 1 to " + MARKER + " letters after '<<'");
        }
        if (!source.accept('\n')) {
            throw source.unexpected("the end of the line after the heredoc's marker");
        }
        return marker.toString();
    }

    private Line line() {
        Position at = source.here();
        StringBuilder text = new StringBuilder();
        while (source.peek() != Source.END && source.peek() != '\n') {
            Strings.refuseInterpolation(source);
            text.appendCodePoint(source.next());
        }
        return new Line(text.toString(), at);
    }

    private static String joined(List<Line> lines, String indentation) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (line.text().startsWith(indentation)) {
                text.append(line.text(), indentation.length(), line.text().length());
            } else if (!line.text().isBlank()) {
                throw new HclException(line.at(), "found a line indented less than the heredoc's marker");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private record Line(String text, Position at) {}
}
