/** The house rules on this module's main code. */
@org.jspecify.annotations.NullMarked
package io.lateen.model;
