/** Tests of REST: by HTTP, by kubectl, and of its pure parts. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api;
