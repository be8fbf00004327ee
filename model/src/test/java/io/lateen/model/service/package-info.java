/** Protocols read from ports. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.service;
