import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * DepartCart for a Java backend. No libraries, Java 17 or newer. One for the whole process: it keeps the bearer token until that ends.
 *
 * <pre>
 * BASE_URL=https://seats.example.com API_KEY=dck_... API_SECRET=dcs_... java DepartCart.java link ABC123 SMITH
 * WEBHOOK_SECRET=... java DepartCart.java verify "$SIGNATURE" &lt; body
 * </pre>
 */
public final class DepartCart {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A token is replaced this long before its end, so that none ends on its way. */
    private static final Duration SPARE = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String baseUrl;
    private final String credentials;
    private String token;
    private Instant endsAt = Instant.EPOCH;

    public DepartCart(String baseUrl, String apiKey, String apiSecret) {
        this.baseUrl = baseUrl.replaceAll("/+$", "");
        this.credentials = "{" + field("api_key", apiKey) + "," + field("api_secret", apiSecret) + "}";
    }

    /** The address to send to the traveller. The locator is the reservation system's, the name any traveller's. */
    public String seatMapUrl(String pnr, String lastName, String source) throws IOException, InterruptedException {
        String body = "{" + field("pnr", pnr) + "," + field("last_name", lastName) + "," + field("source", source) + "}";
        return baseUrl + text(call("/api/generate-encrypted-seatmap-url", body), "seatmap_url");
    }

    /**
     * Whether a delivery is DepartCart's.
     *
     * @param rawBody the bytes as they came, before any parser and without a charset's help
     * @param signature the header X-DepartCart-Signature; null where there is none
     */
    public static boolean webhookIsGenuine(String secret, byte[] rawBody, String signature) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal(rawBody));
            byte[] given = (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An answer that is no success. {@code code} is stable; {@code requestId} is in the server's log, too. */
    public static final class Refused extends IOException {
        public final int status;
        public final String code;
        public final String requestId;

        Refused(int status, String problem) {
            super(status + " " + text(problem, "code") + ": " + text(problem, "detail") + " (request "
                    + text(problem, "request_id") + ")");
            this.status = status;
            this.code = text(problem, "code");
            this.requestId = text(problem, "request_id");
        }
    }

    private String call(String path, String body) throws IOException, InterruptedException {
        String bearer = bearerToken(null);
        try {
            return post(path, body, bearer);
        } catch (Refused refused) {
            if (!refused.code.equals("token_not_valid")) throw refused;
            // Its key was taken out of service before the token's end.
            return post(path, body, bearerToken(bearer));
        }
    }

    private synchronized String bearerToken(String insteadOf) throws IOException, InterruptedException {
        boolean over = Instant.now().isAfter(endsAt.minus(SPARE));
        if (token == null || over || token.equals(insteadOf)) {
            String answer = post("/generate-bearer-token", credentials, null);
            token = text(answer, "bearer_token");
            endsAt = Instant.ofEpochSecond(Long.parseLong(find(answer, "\"expires_at\"\\s*:\\s*(\\d+)")));
        }
        return token;
    }

    private String post(String path, String body, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new Refused(response.statusCode(), response.body());
        return response.body();
    }

    // The JDK has no JSON parser. These few lines are enough for flat answers; in your house, use Jackson or Gson.

    private static String field(String name, String value) {
        StringBuilder json = new StringBuilder("\"").append(name).append("\":\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') json.append('\\').append(c);
            else if (c < ' ') json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        return json.append('"').toString();
    }

    private static String text(String json, String name) {
        return find(json, "\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    }

    private static String find(String json, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(json);
        return found.find() ? found.group(1) : "";
    }

    public static void main(String[] words) throws Exception {
        String command = words.length == 0 ? "" : words[0];
        try {
            switch (command) {
                case "link" -> {
                    var client = new DepartCart(env("BASE_URL"), env("API_KEY"), env("API_SECRET"));
                    for (int at = 1; at + 1 < words.length; at += 2)
                        System.out.println(client.seatMapUrl(words[at], words[at + 1], "api"));
                }
                case "verify" -> {
                    byte[] body = System.in.readAllBytes();
                    if (!webhookIsGenuine(env("WEBHOOK_SECRET"), body, words[1])) throw new IOException("not genuine");
                    System.out.println(text(new String(body, StandardCharsets.UTF_8), "type"));
                }
                default -> throw new IOException("say: link PNR LAST_NAME, or: verify SIGNATURE");
            }
        } catch (IOException refused) {
            // A refused connection has no message.
            System.err.println(refused.getMessage() == null ? refused : refused.getMessage());
            System.exit(1);
        }
    }

    private static String env(String name) throws IOException {
        String value = System.getenv(name);
        if (value == null) throw new IOException(name + " is not set");
        return value;
    }
}
