/** Tests of what `lateen up` says and keeps; that it comes up is a test of the whole mesh. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.demo;
