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
