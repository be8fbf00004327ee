/**
 * Who may call a program's REST interface. {@link io.lateen.access.AccessConfiguration} puts one
 * filter before everything: it recognises the token of a request (signed by the portal, the
 * administrator's, a service's, or one that the program knows itself), asks whether its role covers
 * what the request is, and hands the {@link io.lateen.access.Caller} on. What depends on a
 * namespace is for the program to ask, of the caller. Runs on the request's thread and may block.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.access;
