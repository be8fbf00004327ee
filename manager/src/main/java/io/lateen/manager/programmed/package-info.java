/**
 * Answers what is in force where: per revision, per proxy, and in the status of each resource. It
 * reads the {@code fleet} and the store's feed, writes nothing but conditions, and is asked over
 * REST ({@code /lateen/v1/revisions}, {@code /proxies}, {@code /services}, {@code /registries}) on
 * virtual threads.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.programmed;
