/**
 * The manager's own certificate, which it shows to proxies; renewed on a thread of its own. Wired
 * here, used by what listens.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.identity;
