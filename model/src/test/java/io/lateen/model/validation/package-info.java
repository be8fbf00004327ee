/** What the validation package promises, shown. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.validation;
