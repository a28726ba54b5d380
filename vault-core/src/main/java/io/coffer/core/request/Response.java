// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.util.List;
import java.util.Optional;

/// What a handler computed: an expected outcome, whatever it says. One switch at the HTTP edge knows the
/// status codes; the route says whether an answer stands bare or in an envelope.
public sealed interface Response {
    /// One error in the form that clients know from requests with a token.
    static String wrapped(String error) {
        return "1 error occurred:\n\t* " + error + "\n\n";
    }

    /// The answer with these data; if there are none, that nothing is there.
    static Response found(Optional<? extends Json> data) {
        return data.isPresent() ? new Ok(data.get()) : ABSENT;
    }

    NoContent NO_CONTENT = new NoContent();
    /// A value that is not there: no text, no data.
    NotFound ABSENT = new NotFound(List.of());

    /// An answer with data.
    ///
    /// @param data what stands under `data`, or the whole answer of a raw route
    /// @param leaseSeconds how long a client may rely on it, for engines without leases; else 0
    record Ok(Json data, long leaseSeconds, List<String> warnings) implements Response {
        public Ok {
            warnings = List.copyOf(warnings);
        }

        public Ok(Json data) {
            this(data, 0, List.of());
        }
    }

    /// Somebody was let in, or may stay longer.
    record Authenticated(Auth auth, Json data, List<String> warnings) implements Response {
        public Authenticated {
            warnings = List.copyOf(warnings);
        }
    }

    /// An answer whose data ends, unless it is renewed.
    record Leased(String leaseId, boolean renewable, long seconds, Json data, List<String> warnings)
            implements Response {
        public Leased {
            warnings = List.copyOf(warnings);
        }
    }

    /// The answer lies somewhere else, for whoever has the token.
    record Wrapped(WrapInfo info) implements Response {}

    /// What a handler wants to be granted. The pipeline answers with {@link Authenticated} or {@link Leased} instead,
    /// so no client ever sees this one.
    record Granted(Grant grant, List<String> warnings) implements Response {
        public Granted {
            warnings = List.copyOf(warnings);
        }
    }

    /// An answer that cannot be had again. What hangs on its arrival is done when it was written to the connection,
    /// on a worker; never, if the connection is gone.
    record Handed(Ok answer, Runnable arrived) implements Response {
        @Override
        public String toString() {
            return "Handed";
        }
    }

    /// Done, and there is nothing to say.
    record NoContent() implements Response {}

    /// Taken and going on in the background; without warnings there is nothing to say.
    record Accepted(List<String> warnings) implements Response {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /// Nothing is there, with texts that say what.
    record NotFound(List<String> errors) implements Response {
        public NotFound {
            errors = List.copyOf(errors);
        }

        public NotFound(String error) {
            this(List.of(error));
        }
    }

    /// Nothing is there, and the data says why (a deleted version); a full envelope. Data may be {@link
    /// Json#NULL}.
    record Gone(Json data, List<String> warnings) implements Response {
        public Gone {
            warnings = List.copyOf(warnings);
        }
    }

    /// The request is wrong; the texts name the field and what to do, never the value.
    record Invalid(List<String> errors) implements Response {
        public Invalid {
            errors = List.copyOf(errors);
        }

        public Invalid(String error) {
            this(List.of(error));
        }
    }

    record Denied(String error) implements Response {
        public static final Denied PERMISSION = new Denied("permission denied");
    }

    /// The path exists, this operation on it does not.
    record NotAllowed(String error) implements Response {}

    record TooLarge(String error) implements Response {}

    record UnsupportedMedia(String error) implements Response {}

    /// Too many at once: come again.
    record Busy(String error) implements Response {}

    /// Sealed, closing or without its disk.
    record Unavailable(String error) implements Response {}

    /// An error that clients know under code 500.
    record Failed(String error) implements Response {}

    /// A bare answer that is no JSON.
    record Plain(String contentType, String text) implements Response {}

    /// A bare answer whose code is part of its meaning: health, and what was wrapped as it was.
    record Coded(int status, Json body) implements Response {}
}
