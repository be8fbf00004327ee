/** Tests of processes: real ones where it is about the kernel, none where it is arithmetic. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.process;
