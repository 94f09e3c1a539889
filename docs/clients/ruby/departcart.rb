# frozen_string_literal: true

# DepartCart for a Ruby backend. Standard library only, Ruby 2.7 or newer.
#
#   BASE_URL=https://seats.example.com API_KEY=dck_... API_SECRET=dcs_... ruby departcart.rb link ABC123 SMITH
#   WEBHOOK_SECRET=... ruby departcart.rb verify "$SIGNATURE" < body

require 'json'
require 'net/http'
require 'openssl'
require 'uri'

# One for the whole process: it keeps the bearer token until that ends.
class DepartCart
  TIMEOUT_SECONDS = 10
  # A token is replaced this long before its end, so that none ends on its way.
  SPARE_SECONDS = 60

  # An answer that is no success. `code` is stable; `detail` says what to do; `request_id` is in the server's log, too.
  class Error < StandardError
    attr_reader :status, :code, :detail, :request_id

    def initialize(status, problem)
      @status = status
      @code = problem.fetch('code', 'unknown')
      @detail = problem.fetch('detail', '')
      @request_id = problem.fetch('request_id', '')
      super("#{status} #{code}: #{detail} (request #{request_id})")
    end
  end

  # Whether a delivery is DepartCart's.
  #
  # raw_body: the bytes as they came (`request.raw_post`), before any parser.
  # signature: the header X-DepartCart-Signature, nil where there is none.
  def self.webhook_genuine?(secret, raw_body, signature)
    expected = "sha256=#{OpenSSL::HMAC.hexdigest('SHA256', secret, raw_body)}"
    given = signature.to_s.b
    given.bytesize == expected.bytesize && OpenSSL.fixed_length_secure_compare(given, expected)
  end

  def initialize(base_url:, api_key:, api_secret:)
    @base_url = base_url.sub(%r{/+\z}, '')
    @credentials = { api_key: api_key, api_secret: api_secret }
    @token = nil
    @ends_at = 0
    @lock = Mutex.new
  end

  # The address to send to the traveller. The locator is the reservation system's, the name any traveller's.
  def seat_map_url(pnr:, last_name:, source: 'api')
    link = call('/api/generate-encrypted-seatmap-url', { pnr: pnr, last_name: last_name, source: source })
    @base_url + link.fetch('seatmap_url')
  end

  private

  def call(path, body)
    token = bearer_token
    begin
      post(path, body, token)
    rescue Error => e
      raise unless e.code == 'token_not_valid'

      # Its key was taken out of service before the token's end.
      post(path, body, bearer_token(instead_of: token))
    end
  end

  def bearer_token(instead_of: nil)
    @lock.synchronize do
      over = Time.now.to_i > @ends_at - SPARE_SECONDS
      if @token.nil? || over || @token == instead_of
        answer = post('/generate-bearer-token', @credentials)
        @token = answer.fetch('bearer_token')
        @ends_at = answer.fetch('expires_at')
      end
      @token
    end
  end

  def post(path, body, token = nil)
    uri = URI(@base_url + path)
    headers = { 'Content-Type' => 'application/json' }
    headers['Authorization'] = "Bearer #{token}" if token
    options = { use_ssl: uri.scheme == 'https', open_timeout: TIMEOUT_SECONDS, read_timeout: TIMEOUT_SECONDS }
    response = Net::HTTP.start(uri.host, uri.port, **options) { |http| http.post(uri.path, body.to_json, headers) }
    return JSON.parse(response.body) if response.is_a?(Net::HTTPSuccess)

    raise Error.new(response.code.to_i, problem_in(response.body))
  end

  # A proxy's page is no JSON.
  def problem_in(text)
    problem = JSON.parse(text)
    problem.is_a?(Hash) ? problem : {}
  rescue JSON::ParserError
    {}
  end
end

if $PROGRAM_NAME == __FILE__
  command, *words = ARGV
  begin
    case command
    when 'link'
      client = DepartCart.new(
        base_url: ENV.fetch('BASE_URL'), api_key: ENV.fetch('API_KEY'), api_secret: ENV.fetch('API_SECRET')
      )
      words.each_slice(2) { |pnr, last_name| puts client.seat_map_url(pnr: pnr, last_name: last_name) }
    when 'verify'
      body = $stdin.binmode.read
      abort 'not genuine' unless DepartCart.webhook_genuine?(ENV.fetch('WEBHOOK_SECRET'), body, words.first)
      puts JSON.parse(body).fetch('type')
    else
      abort 'say: link PNR LAST_NAME, or: verify SIGNATURE'
    end
  rescue DepartCart::Error, SystemCallError, SocketError, Timeout::Error => e
    abort e.message
  end
end
