// DepartCart for a .NET backend. No packages, .NET 6 or newer. In an empty console project:
//
//   BASE_URL=https://seats.example.com API_KEY=dck_... API_SECRET=dcs_... dotnet run link ABC123 SMITH
//   WEBHOOK_SECRET=... dotnet run verify "$SIGNATURE" < body

#nullable enable

using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

/// <summary>An answer that is no success. Code is stable; RequestId is in the server's log, too.</summary>
public sealed class DepartCartException : Exception
{
    public DepartCartException(int status, string code, string detail, string requestId)
        : base($"{status} {code}: {detail} (request {requestId})")
    {
        Status = status;
        Code = code;
        RequestId = requestId;
    }

    public int Status { get; }
    public string Code { get; }
    public string RequestId { get; }
}

/// <summary>One for the whole process: it keeps the bearer token until that ends.</summary>
public sealed class DepartCart
{
    /// <summary>A token is replaced this long before its end, so that none ends on its way.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly string _baseUrl;
    private readonly Dictionary<string, string> _credentials;
    private readonly SemaphoreSlim _one = new SemaphoreSlim(1, 1);
    private string _token = "";
    private DateTimeOffset _endsAt = DateTimeOffset.UnixEpoch;

    public DepartCart(HttpClient http, string baseUrl, string apiKey, string apiSecret)
    {
        _http = http;
        _baseUrl = baseUrl.TrimEnd('/');
        _credentials = new Dictionary<string, string> { ["api_key"] = apiKey, ["api_secret"] = apiSecret };
    }

    /// <summary>The address to send to the traveller.</summary>
    /// <param name="pnr">The reservation system's record locator.</param>
    /// <param name="lastName">Of any traveller on the booking.</param>
    public async Task<string> SeatMapUrlAsync(string pnr, string lastName, string source = "api")
    {
        var body = new Dictionary<string, string> { ["pnr"] = pnr, ["last_name"] = lastName, ["source"] = source };
        var link = await CallAsync("/api/generate-encrypted-seatmap-url", body);
        return _baseUrl + link.GetProperty("seatmap_url").GetString()!;
    }

    /// <summary>Whether a delivery is DepartCart's.</summary>
    /// <param name="rawBody">The bytes as they came, before any parser.</param>
    /// <param name="signature">The header X-DepartCart-Signature; null where there is none.</param>
    public static bool WebhookIsGenuine(string secret, byte[] rawBody, string? signature)
    {
        using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret)))
        {
            var digest = BitConverter.ToString(hmac.ComputeHash(rawBody)).Replace("-", "").ToLowerInvariant();
            var given = Encoding.UTF8.GetBytes(signature ?? "");
            return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes("sha256=" + digest));
        }
    }

    private async Task<JsonElement> CallAsync(string path, Dictionary<string, string> body)
    {
        var token = await BearerTokenAsync(null);
        try
        {
            return await PostAsync(path, body, token);
        }
        catch (DepartCartException refused) when (refused.Code == "token_not_valid")
        {
            // Its key was taken out of service before the token's end.
            return await PostAsync(path, body, await BearerTokenAsync(token));
        }
    }

    private async Task<string> BearerTokenAsync(string? insteadOf)
    {
        await _one.WaitAsync();
        try
        {
            var over = DateTimeOffset.UtcNow > _endsAt - Spare;
            if (_token == "" || over || _token == insteadOf)
            {
                var answer = await PostAsync("/generate-bearer-token", _credentials, null);
                _token = answer.GetProperty("bearer_token").GetString()!;
                _endsAt = DateTimeOffset.FromUnixTimeSeconds(answer.GetProperty("expires_at").GetInt64());
            }
            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> body, string? token)
    {
        using (var request = new HttpRequestMessage(HttpMethod.Post, _baseUrl + path))
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            if (token != null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using (var response = await _http.SendAsync(request))
            {
                var text = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode) return JsonDocument.Parse(text).RootElement;
                throw Refused((int)response.StatusCode, text);
            }
        }
    }

    private static DepartCartException Refused(int status, string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            string Field(string name) => problem.GetProperty(name).GetString()!;
            return new DepartCartException(status, Field("code"), Field("detail"), Field("request_id"));
        }
        catch (Exception e) when (e is JsonException || e is KeyNotFoundException || e is InvalidOperationException)
        {
            // A proxy's page.
            return new DepartCartException(status, "unknown", "", "");
        }
    }
}

public static class Program
{
    public static async Task<int> Main(string[] words)
    {
        var command = words.Length == 0 ? "" : words[0];
        try
        {
            if (command == "link")
            {
                using (var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) })
                {
                    var client = new DepartCart(http, Env("BASE_URL"), Env("API_KEY"), Env("API_SECRET"));
                    for (var at = 1; at + 1 < words.Length; at += 2)
                        Console.WriteLine(await client.SeatMapUrlAsync(words[at], words[at + 1]));
                }
                return 0;
            }
            if (command == "verify")
            {
                var body = new MemoryStream();
                await Console.OpenStandardInput().CopyToAsync(body);
                if (!DepartCart.WebhookIsGenuine(Env("WEBHOOK_SECRET"), body.ToArray(), words[1]))
                    throw new InvalidDataException("not genuine");
                Console.WriteLine(JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("type").GetString());
                return 0;
            }
            throw new InvalidDataException("say: link PNR LAST_NAME, or: verify SIGNATURE");
        }
        catch (Exception e) when (e is DepartCartException || e is InvalidDataException || e is HttpRequestException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static string Env(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidDataException(name + " is not set");
}
