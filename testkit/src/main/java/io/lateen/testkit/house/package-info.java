/** The rules that keep the house standing, as ArchUnit rules that each module applies to itself. */
@org.jspecify.annotations.NullMarked
package io.lateen.testkit.house;
