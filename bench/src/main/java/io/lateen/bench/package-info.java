/** Lateen measured side by side with other proxies. */
@org.jspecify.annotations.NullMarked
package io.lateen.bench;
