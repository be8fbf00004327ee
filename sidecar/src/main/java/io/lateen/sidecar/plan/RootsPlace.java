package io.lateen.sidecar.plan;

import java.nio.file.Path;

/** Where the certificates of authorities are kept on this machine. */
public sealed interface RootsPlace {

    /**
     * In the folder of credentials.
     *
     * @param name of a folder in it
     */
    record Credential(String name) implements RootsPlace {

        @Override
        public String toString() {
            return "authorities of credential " + name;
        }
    }

    /**
     * In a file of their own.
     *
     * @param path PEM, one certificate or several
     */
    record File(Path path) implements RootsPlace {

        @Override
        public String toString() {
            return "authorities " + path;
        }
    }

    /** Where the operating system keeps those that it trusts. */
    record OfSystem() implements RootsPlace {

        @Override
        public String toString() {
            return "the system's authorities";
        }
    }
}
