package tg.ecom.platform;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.postgresql.ssl.WrappedFactory;

/**
 * Whom a connection to PostgreSQL believes: the Java runtime's own authorities, which vouch for RDS Proxy, and those of
 * Amazon RDS, which vouch for a cluster and which no Java runtime knows. The driver makes one by its name (property
 * {@code sslfactory}); that the certificate is the host's is checked by the driver under sslmode verify-full.
 */
public final class DatabaseTrust extends WrappedFactory {
    private static final String AUTHORITIES = "/rds-certificate-authorities.pem";

    /** As the driver calls it. @throws GeneralSecurityException when an authority can't be read */
    public DatabaseTrust(Properties ignored) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        factory = context.getSocketFactory();
    }

    /** Every authority that is believed. */
    static KeyStore authorities() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        TrustManagerFactory runtime = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        runtime.init((KeyStore) null);
        int number = 0;
        for (X509Certificate known : runtimeAuthorities(runtime)) {
            store.setCertificateEntry("runtime-" + number++, known);
        }
        try (InputStream in = DatabaseTrust.class.getResourceAsStream(AUTHORITIES)) {
            for (Certificate known : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("rds-" + number++, known);
            }
        }
        return store;
    }

    private static X509Certificate[] runtimeAuthorities(TrustManagerFactory runtime) {
        return Arrays.stream(runtime.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow()
                .getAcceptedIssuers();
    }
}
