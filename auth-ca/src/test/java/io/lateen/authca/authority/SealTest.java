package io.lateen.authca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] SECRET = "a key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BOUND = "its certificate".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key = newKey();

    @Test
    void opensWhatItClosed() throws Exception {
        byte[] sealed = Seal.close(key, SECRET, BOUND, random);

        assertThat(Seal.open(key, sealed, BOUND)).isEqualTo(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("a key");
    }

    @Test
    void neverClosesTwiceTheSameWay() {
        assertThat(Seal.close(key, SECRET, BOUND, random))
                .isNotEqualTo(Seal.close(key, SECRET, BOUND, random));
    }

    @Test
    void doesNotOpenWithAnotherKeyOrForAnotherCertificate() {
        byte[] sealed = Seal.close(key, SECRET, BOUND, random);

        assertThatThrownBy(() -> Seal.open(newKey(), sealed, BOUND))
                .isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> Seal.open(key, sealed, SECRET))
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void noticesEveryChangedBit() {
        byte[] sealed = Seal.close(key, SECRET, BOUND, random);

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Seal.open(key, changed, BOUND))
                    .as("bit " + bit)
                    .isInstanceOf(AEADBadTagException.class);
        }
        assertThatThrownBy(() -> Seal.open(key, new byte[] {1, 2}, BOUND))
                .isInstanceOf(AEADBadTagException.class);
    }

    private SecretKey newKey() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }
}
