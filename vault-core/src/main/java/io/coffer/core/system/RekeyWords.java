// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

/// The words of a rekey under one of its two names, as clients look for them.
///
/// @param path what its paths begin with
/// @param noun for audit entries
/// @param nonces what stands before a nonce in a refusal
record RekeyWords(
        String path,
        String noun,
        String underWay,
        String noneOpen,
        String noKey,
        String repeated,
        String nonces,
        String proofAwaited,
        String nothingToProve,
        String noProofAwaited,
        String proofNonces,
        String proofRepeated) {
    /// `sys/rekey`: bare answers.
    static final RekeyWords REKEY = new RekeyWords(
            "rekey",
            "rekey",
            "rekey already in progress",
            "no barrier rekey in progress",
            "'key' must be specified in request body as JSON",
            "given key has already been provided during this generation operation",
            "incorrect nonce supplied; nonce for this rekey operation is ",
            "rekey operation already finished; verification must be performed; nonce for the verification operation is ",
            "no rekey configuration found",
            "no rekey verification in progress",
            "incorrect nonce supplied; nonce for this verify operation is ",
            "given key has already been provided during this verify operation");

    /// `sys/rotate/root`: answers in the envelope, and a token for most of it.
    static final RekeyWords ROTATE = new RekeyWords(
            "rotate/root",
            "rotation of the root key",
            "rotation already in progress",
            "no rotation in progress",
            "missing required field 'key'",
            "given key has already been provided during this rotation",
            "incorrect nonce supplied; nonce for rotation is ",
            "rotation already finished; verification must be performed; nonce for the verification operation is ",
            "no rotation configuration found",
            "no rotation verification in progress",
            "incorrect nonce supplied; nonce for rotation is ",
            "given key has already been provided during this rotation");

    boolean isBare() {
        return path.equals(REKEY.path);
    }
}
