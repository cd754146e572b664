package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class DatabaseTrustTest {
    /** Regions where Ecom may be deployed. */
    private static final List<String> REGIONS = List.of("eu-west-1", "eu-west-3", "eu-central-1", "af-south-1");

    @Test
    void aClusterOfEachRegion_isVouchedForByThreeAuthorities() throws Exception {
        List<String> names = new ArrayList<>();
        for (X509Certificate authority : authorities()) {
            names.add(authority.getSubjectX500Principal().getName());
        }
        for (String region : REGIONS) {
            assertEquals(
                    3,
                    names.stream()
                            .filter(name -> name.contains("RDS " + region + " "))
                            .count(),
                    region);
        }
    }

    @Test
    void theRuntimesOwnAuthorities_areBelievedToo() throws Exception {
        assertTrue(authorities().stream()
                .anyMatch(authority ->
                        authority.getSubjectX500Principal().getName().contains("Amazon Root CA 1")));
    }

    @Test
    void authoritiesOfRds_areCertificateAuthoritiesBeyondTheNextYears() throws Exception {
        for (X509Certificate authority : authorities()) {
            if (authority.getSubjectX500Principal().getName().contains("RDS")) {
                assertTrue(authority.getBasicConstraints() >= 0);
                authority.checkValidity(Date.from(Instant.parse("2031-12-31T00:00:00Z")));
            }
        }
    }

    @Test
    void theDriverCanMakeOne() throws Exception {
        assertTrue(new DatabaseTrust(new Properties()).getSupportedCipherSuites().length > 0);
    }

    private static List<X509Certificate> authorities() throws Exception {
        KeyStore store = DatabaseTrust.authorities();
        List<X509Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            certificates.add((X509Certificate) store.getCertificate(alias));
        }
        return certificates;
    }
}
