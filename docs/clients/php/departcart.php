<?php

/**
 * DepartCart for a PHP backend. No packages, PHP 8.1 or newer; with allow_url_fopen, as it is by default.
 *
 *   BASE_URL=https://seats.example.com API_KEY=dck_... API_SECRET=dcs_... php departcart.php link ABC123 SMITH
 *   WEBHOOK_SECRET=... php departcart.php verify "$SIGNATURE" < body
 */

declare(strict_types=1);

/** An answer that is no success. `code` is stable; `detail` says what to do; `requestId` is in the server's log, too. */
final class DepartCartException extends RuntimeException
{
    public readonly string $errorCode;
    public readonly string $detail;
    public readonly string $requestId;

    public function __construct(public readonly int $status, array $problem)
    {
        $this->errorCode = $problem['code'] ?? 'unknown';
        $this->detail = $problem['detail'] ?? '';
        $this->requestId = $problem['request_id'] ?? '';
        parent::__construct("$status {$this->errorCode}: {$this->detail} (request {$this->requestId})");
    }
}

/**
 * Keeps the bearer token until it ends. PHP forgets everything after a request: pass `$load` and `$save` of your cache (APCu, Redis,
 * a table), or each request costs a token of its own. The token is a secret: no cache that others read.
 */
final class DepartCart
{
    private const TIMEOUT_SECONDS = 10;
    /** A token is replaced this long before its end, so that none ends on its way. */
    private const SPARE_SECONDS = 60;

    private readonly string $baseUrl;
    /** @var array{text: string, endsAt: int}|null */
    private ?array $token;

    /**
     * @param Closure(): ?array|null $load
     * @param Closure(array): void|null $save
     */
    public function __construct(
        string $baseUrl,
        private readonly string $apiKey,
        private readonly string $apiSecret,
        ?Closure $load = null,
        private readonly ?Closure $save = null,
    ) {
        $this->baseUrl = rtrim($baseUrl, '/');
        $this->token = $load ? $load() : null;
    }

    /** The address to send to the traveller. The locator is the reservation system's, the name any traveller's. */
    public function seatMapUrl(string $pnr, string $lastName, string $source = 'api'): string
    {
        $body = ['pnr' => $pnr, 'last_name' => $lastName, 'source' => $source];
        return $this->baseUrl . $this->call('/api/generate-encrypted-seatmap-url', $body)['seatmap_url'];
    }

    /**
     * Whether a delivery is DepartCart's.
     * @param string $rawBody file_get_contents('php://input'), before any parser
     * @param string $signature the header X-DepartCart-Signature, '' where there is none
     */
    public static function webhookIsGenuine(string $secret, string $rawBody, string $signature): bool
    {
        return hash_equals('sha256=' . hash_hmac('sha256', $rawBody, $secret), $signature);
    }

    private function call(string $path, array $body): array
    {
        $token = $this->bearerToken();
        try {
            return $this->post($path, $body, $token);
        } catch (DepartCartException $problem) {
            if ($problem->errorCode !== 'token_not_valid') {
                throw $problem;
            }
            // Its key was taken out of service before the token's end.
            return $this->post($path, $body, $this->bearerToken(insteadOf: $token));
        }
    }

    private function bearerToken(?string $insteadOf = null): string
    {
        $over = $this->token === null || time() > $this->token['endsAt'] - self::SPARE_SECONDS;
        if ($over || $this->token['text'] === $insteadOf) {
            $credentials = ['api_key' => $this->apiKey, 'api_secret' => $this->apiSecret];
            $answer = $this->post('/generate-bearer-token', $credentials);
            $this->token = ['text' => $answer['bearer_token'], 'endsAt' => $answer['expires_at']];
            if ($this->save) {
                ($this->save)($this->token);
            }
        }
        return $this->token['text'];
    }

    private function post(string $path, array $body, ?string $token = null): array
    {
        $headers = ['Content-Type: application/json', 'Connection: close'];
        if ($token !== null) {
            $headers[] = "Authorization: Bearer $token";
        }
        $options = [
            'method' => 'POST',
            'header' => $headers,
            'content' => json_encode($body, JSON_THROW_ON_ERROR),
            'timeout' => self::TIMEOUT_SECONDS,
            'ignore_errors' => true,
            'follow_location' => 0,
        ];
        $text = @file_get_contents($this->baseUrl . $path, false, stream_context_create(['http' => $options]));
        if ($text === false) {
            throw new RuntimeException("{$this->baseUrl} does not answer.");
        }
        $status = (int) explode(' ', $http_response_header[0])[1];
        $answer = json_decode($text, true);
        if ($status === 200 && is_array($answer)) {
            return $answer;
        }
        throw new DepartCartException($status, is_array($answer) ? $answer : []);
    }
}

if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    [$command, $words] = [$argv[1] ?? '', array_slice($argv, 2)];
    try {
        if ($command === 'link') {
            $client = new DepartCart(getenv('BASE_URL'), getenv('API_KEY'), getenv('API_SECRET'));
            foreach (array_chunk($words, 2) as [$pnr, $lastName]) {
                echo $client->seatMapUrl($pnr, $lastName), "\n";
            }
        } elseif ($command === 'verify') {
            $body = stream_get_contents(STDIN);
            if (!DepartCart::webhookIsGenuine(getenv('WEBHOOK_SECRET'), $body, $words[0])) {
                throw new RuntimeException('not genuine');
            }
            echo json_decode($body, true)['type'], "\n";
        } else {
            throw new RuntimeException('say: link PNR LAST_NAME, or: verify SIGNATURE');
        }
    } catch (RuntimeException $error) {
        fwrite(STDERR, $error->getMessage() . "\n");
        exit(1);
    }
}
