package io.lateen.samples.bookinfo;

/** A service: a function from a call to its answer. Called on a virtual thread; may block. */
@FunctionalInterface
interface Endpoint {

    /** Answers {@code call}. */
    Answer answer(Call call);
}
