package io.lateen.manager.translate.listener;

/** Networks of IPv4 addresses in CIDR notation. */
final class Subnet {

    private static final int BITS = 32;

    private Subnet() {}

    /** Whether an address lies in a network. What cannot be read contains nothing. */
    static boolean contains(String subnet, String address) {
        int slash = subnet.indexOf('/');
        int network = parse(slash < 0 ? subnet : subnet.substring(0, slash));
        int candidate = parse(address);
        int length = slash < 0 ? BITS : length(subnet.substring(slash + 1));
        if (length < 0 || (network == 0 && length != 0) || candidate == 0) {
            return false;
        }
        int mask = length == 0 ? 0 : -1 << (BITS - length);
        return (network & mask) == (candidate & mask);
    }

    private static int length(String text) {
        if (text.isEmpty() || text.length() > 2 || !text.chars().allMatch(Character::isDigit)) {
            return -1;
        }
        int length = Integer.parseInt(text);
        return length <= BITS ? length : -1;
    }

    /** The address as a number; 0 if it is none. */
    private static int parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return 0;
        }
        int value = 0;
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(Character::isDigit)
                    || Integer.parseInt(part) > 255) {
                return 0;
            }
            value = (value << 8) | Integer.parseInt(part);
        }
        return value;
    }
}
