/** Partner files that tests begin from; each test changes what it is about. */

export const env = {
  SITE_ORIGIN: 'http://localhost:8080',
  API_ORIGIN: 'http://localhost:8081',
  SANDBOXES_URL: 'http://localhost:8082',
};

/** The smallest file in mode test that is valid anywhere. */
export const smallest = `mode: test
origins:
  - https://www.skyline.example
brand:
  brand_name: SkylineAir
  primary_color: "#1E40AF"
gds:
  gds_provider: amadeus
  environment: test
  api_credentials:
    api_key: amadeus-key
    api_secret: amadeus-s3cret
  office_id: NCE1A0950
`;

export const live = smallest
  .replace('mode: test', 'mode: live')
  .replace('environment: test', 'environment: production');

/** The onboarding guide's form as it was published: JSON without indentation. */
export const guideBrandJson = `{
"brand_name": "SkylineAir",
"primary_color": "#1E40AF",
"secondary_color": "#3B82F6",
"accent_color": "#10B981",
"text_primary": "#1F2937",
"text_secondary": "#6B7280",
"background_light": "#F9FAFB",
"background_dark": "#111827",
"primary_font": "Montserrat",
"font_url": "https://fonts.googleapis.com/css2?family=Montserrat:wght@400;600;700",
"logo_primary": "https://assets.skylineair.com/logo-primary.svg",
"logo_icon": "https://assets.skylineair.com/logo-icon.svg"
}`;

/** A payment section that is filled in, for mode test. */
export const stripeTest = `payment:
  provider: stripe
  environment: test
  credentials:
    publishable_key: pk_test_skyline
    secret_key: sk_test_skyline-s3cret
    webhook_secret: whsec_skyline-s3cret
  settings:
    currency: EUR
`;

export const webhook = `webhooks:
  - url: https://www.skyline.example/webhooks/departcart
    secret: a-signing-s3cret-of-32-characters
`;

export const guidePaymentJson = `{
"provider": "stripe",
"environment": "production",
"credentials": {
"publishable_key": "pk_live_YOUR_PUBLISHABLE_KEY",
"secret_key": "sk_live_YOUR_SECRET_KEY",
"webhook_secret": "whsec_YOUR_WEBHOOK_SECRET"
},
"settings": {
"currency": "USD",
"capture_method": "automatic",
"payment_methods": ["card", "apple_pay", "google_pay"],
"fraud_rules": {
"enabled": true,
"risk_threshold": "normal"
}
}
}`;

/** Of another gateway, and with that gateway's word for live. */
export const guideAdyenJson = `{
"provider": "adyen",
"environment": "live",
"credentials": {
"api_key": "YOUR_API_KEY",
"merchant_account": "YOUR_MERCHANT_ACCOUNT",
"client_key": "YOUR_CLIENT_KEY",
"hmac_key": "YOUR_HMAC_KEY"
},
"settings": {
"currency": "USD",
"payment_methods": ["scheme", "applepay", "googlepay"],
"fraud_detection": {
"enabled": true,
"risk_score_threshold": 60
}
}
}`;

/** YAML whose indentation was lost on the way. */
export const guideGdsYaml = `gds_provider: "sabre" # or "amadeus", "travelport"
environment: "production" # or "test"
# Sabre REST Credentials
rest_credentials:
client_id: "YOUR_CLIENT_ID"
client_secret: "YOUR_CLIENT_SECRET"
username: "YOUR_REST_USERNAME"
password: "YOUR_REST_PASSWORD"
# Network Configuration
network:
allowed_ips: ["52.1.2.3", "52.4.5.6"]
rate_limits:
requests_per_minute: 1000
burst_limit: 100`;
