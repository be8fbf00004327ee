/** What the support package promises, shown. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.support;
