// The airline's data layer, filled before the container is loaded, as Tag Manager wants it.
const booking = JSON.parse(document.getElementById('booking').textContent);
window.dataLayer = window.dataLayer || [];
window.dataLayer.push({ event: 'booking_confirmed', booking });
