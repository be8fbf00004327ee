/**
 * Local accounts: names, Argon2id hashes, grants; the lock against guessing; the first
 * administrator. Everything here blocks, and is called on virtual threads.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.account;
