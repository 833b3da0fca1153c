package org.qfpsim.controlplane.config.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of types 8 and 9. */
class HashedSecretTest {
    /** Published by hashcat as the examples of its modes 9200 and 9300. */
    @ParameterizedTest
    @ValueSource(strings = {"$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk",
        "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"})
    void shouldAgreeWithAnotherProgram(final String published) {
        final HashedSecret secret = new HashedSecret(published);
        assertThat(secret.type()).isEqualTo(published.charAt(1));
        assertThat(secret.matches("hashcat")).isTrue();
        assertThat(secret.matches("Hashcat")).isFalse();
        assertThat(secret.matches("")).isFalse();
    }

    @Test
    void shouldHashTheSameEachTime() {
        final HashedSecret secret = HashedSecret.of("letmein");
        assertThat(secret).isEqualTo(HashedSecret.of("letmein")).isNotEqualTo(HashedSecret.of("letmeout"));
        assertThat(secret.text()).startsWith("$8$").doesNotContain("letmein");
        assertThat(secret.matches("letmein")).isTrue();
        assertThat(secret).hasToString("<removed>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "letmein", "$5$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk", "$8$TnGX/fE4KGHOVU$pEhn",
        "$8$TnGX/fE4KGHOV $pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk"})
    void shouldRefuseWhatIsNoHash(final String text) {
        assertThatThrownBy(() -> new HashedSecret(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("not a secret of type 8");
    }
}
