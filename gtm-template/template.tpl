___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "DepartCart Seat Panel",
  "categories": [
    "PERSONALIZATION",
    "SALES",
    "UTILITY"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": "DepartCart",
    "thumbnail": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAYAAABXAvmHAAABgElEQVR42u2aoZKDMBCGeQTkPcJJZCWyj1J5sjKyEnmysjLyZB+hsrISGYnb5u+QGYYBGo4NSWh25ldNNvvBJrNlk+W7QzahXKvUEp5UtjGMxjj2Q6EltZQWeZZqYylsAUQggQ+BiHcAVYCB91WNAYgIgjcSfYAi0LSZSqeiCyAjCt5IGoA8sqfffQt51p61FKlKls37Vf7Q6fxHda3onWEMxmIOx2ZeDIBA7o+a5hrmMEAsB8DT/K9hrncAm7SZSifvAEstASSABJAAEkACcA5wrC7UNA3d7g/63h+dAcA31sBaWJMNAA6NiV/prJSAb2NYkw1gqgDjLOb6vlYB4CynvQBw/qHxBsClBPBRAMjhs7yS6hyxcw1z4cPsh1UBsDCXwdfqAEue/NCbSABzSwkXKeSslBgq5lxsYmfFXMh9ggQQAgDL53V5vVnnPsZyfl5naXDM2czK7oSxbnCwtJj2h9PrHLcRxnK2mDbR5Iu+zbqJRvcmrhps4rJHVNdtnqqV/1uk+gIoAAAAAElFTkSuQmCC"
  },
  "description": "Shows a seat map on your booking confirmation page. Travellers choose seats for the booking they have just made, without leaving your page.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "TEXT",
    "name": "key",
    "displayName": "Publishable key",
    "simpleValueType": true,
    "help": "Your key from DepartCart. It starts with dcpub_live_, or with dcpub_test_ while you are testing. It is not secret: it only works on the websites that are listed for your brand.",
    "valueHint": "dcpub_live_...",
    "alwaysInSummary": true,
    "valueValidators": [
      {
        "type": "NON_EMPTY",
        "errorMessage": "Please enter your publishable key. It starts with dcpub_live_ or dcpub_test_."
      },
      {
        "type": "REGEX",
        "args": [
          "p?|pk?|([^p]|p[^k]|pk[^_]).*"
        ],
        "errorMessage": "A key that starts with pk_ is Stripe’s. The DepartCart key starts with dcpub_live_ or dcpub_test_."
      },
      {
        "type": "REGEX",
        "args": [
          "dcpub_(live|test)_[A-Za-z0-9_-]{6,}"
        ],
        "errorMessage": "This is not a publishable key: it starts with dcpub_live_ or dcpub_test_. Please copy the whole key, without spaces. Never enter the API key (dck_) or the API secret (dcs_) here."
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "bookingGroup",
    "displayName": "The booking",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "RADIO",
        "name": "find",
        "displayName": "Where the booking is found",
        "simpleValueType": true,
        "defaultValue": "auto",
        "help": "The panel needs two things from the page: the record locator and the last name of one traveller.",
        "radioItems": [
          {
            "value": "auto",
            "displayValue": "Look for it on the page",
            "help": "Looks for a record locator and a last name under their usual names in the data layer, in the structured data and in the address of the page. Choose another answer if nothing is found."
          },
          {
            "value": "fields",
            "displayValue": "Google Tag Manager variables",
            "help": "You choose one variable for the record locator and one for the last name.",
            "subParams": [
              {
                "type": "TEXT",
                "name": "recordLocator",
                "displayName": "Record locator",
                "simpleValueType": true,
                "help": "Choose a variable. It must be the record locator (PNR) that the reservation system uses: Amadeus, Sabre or Travelport. It is six letters and digits, such as ABC123. An order number of your own, or a reference that only the airline uses, will not be found.",
                "valueHint": "{{DLV - record locator}}",
                "valueValidators": [
                  {
                    "type": "NON_EMPTY",
                    "errorMessage": "Please choose the variable that holds the record locator."
                  }
                ]
              },
              {
                "type": "TEXT",
                "name": "lastName",
                "displayName": "Last name",
                "simpleValueType": true,
                "help": "Choose a variable that holds the last name of any traveller in the booking.",
                "valueHint": "{{DLV - last name}}",
                "valueValidators": [
                  {
                    "type": "NON_EMPTY",
                    "errorMessage": "Please choose the variable that holds a last name."
                  }
                ]
              }
            ]
          },
          {
            "value": "encrypted-id",
            "displayValue": "A Google Tag Manager variable with an encrypted id",
            "help": "Your server asks the DepartCart server for the id and writes it into the page. Then neither the record locator nor a name has to stand there.",
            "subParams": [
              {
                "type": "TEXT",
                "name": "encryptedId",
                "displayName": "Encrypted id",
                "simpleValueType": true,
                "help": "Choose a variable that holds the encrypted_id of a seat map link, as the DepartCart server answered it.",
                "valueHint": "{{DLV - encrypted id}}",
                "valueValidators": [
                  {
                    "type": "NON_EMPTY",
                    "errorMessage": "Please choose the variable that holds the encrypted id."
                  }
                ]
              }
            ]
          },
          {
            "value": "data-layer",
            "displayValue": "The data layer"
          },
          {
            "value": "selector",
            "displayValue": "Text on the page",
            "help": "Reads the text of two elements, or what stands in two form fields."
          },
          {
            "value": "url",
            "displayValue": "The address of the page"
          },
          {
            "value": "json-ld",
            "displayValue": "Structured data (schema.org FlightReservation)"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "findLocator",
        "displayName": "Record locator: where it stands",
        "simpleValueType": true,
        "help": "For the data layer a key such as booking.recordLocator, for text on the page a CSS selector such as .booking-reference, for the address the name of a query parameter such as pnr. For the data layer and the address you may leave it empty: usual names are tried. It must be the record locator (PNR) that the reservation system uses: Amadeus, Sabre or Travelport. It is six letters and digits, such as ABC123. An order number of your own, or a reference that only the airline uses, will not be found.",
        "enablingConditions": [
          {
            "paramName": "find",
            "paramValue": "data-layer",
            "type": "EQUALS"
          },
          {
            "paramName": "find",
            "paramValue": "selector",
            "type": "EQUALS"
          },
          {
            "paramName": "find",
            "paramValue": "url",
            "type": "EQUALS"
          }
        ],
        "valueValidators": [
          {
            "type": "NON_EMPTY",
            "errorMessage": "Please enter the CSS selector of the element that shows the record locator.",
            "enablingConditions": [
              {
                "paramName": "find",
                "paramValue": "selector",
                "type": "EQUALS"
              }
            ]
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "findName",
        "displayName": "Last name: where it stands",
        "simpleValueType": true,
        "help": "The same for the last name of any traveller in the booking, for example booking.lastName, .passenger-surname or lastName.",
        "enablingConditions": [
          {
            "paramName": "find",
            "paramValue": "data-layer",
            "type": "EQUALS"
          },
          {
            "paramName": "find",
            "paramValue": "selector",
            "type": "EQUALS"
          },
          {
            "paramName": "find",
            "paramValue": "url",
            "type": "EQUALS"
          }
        ],
        "valueValidators": [
          {
            "type": "NON_EMPTY",
            "errorMessage": "Please enter the CSS selector of the element that shows the last name.",
            "enablingConditions": [
              {
                "paramName": "find",
                "paramValue": "selector",
                "type": "EQUALS"
              }
            ]
          }
        ]
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "placeGroup",
    "displayName": "Place on the page",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "TEXT",
        "name": "anchor",
        "displayName": "Anchor",
        "simpleValueType": true,
        "help": "A CSS selector for the element where the panel goes. If it is not there yet, the panel waits for it. Leave it empty for the element with the id departcart-seats or, where the page has none, the end of the main content.",
        "valueHint": "#departcart-seats"
      },
      {
        "type": "SELECT",
        "name": "where",
        "displayName": "Position",
        "simpleValueType": true,
        "macrosInSelect": false,
        "defaultValue": "append",
        "help": "Where the panel stands, seen from the anchor.",
        "selectItems": [
          {
            "value": "append",
            "displayValue": "Inside the anchor, at its end"
          },
          {
            "value": "prepend",
            "displayValue": "Inside the anchor, at its beginning"
          },
          {
            "value": "before",
            "displayValue": "Before the anchor"
          },
          {
            "value": "after",
            "displayValue": "After the anchor"
          },
          {
            "value": "replace",
            "displayValue": "Instead of the anchor"
          }
        ]
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "lookGroup",
    "displayName": "Headings and language",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "SELECT",
        "name": "heading",
        "displayName": "Heading level",
        "simpleValueType": true,
        "macrosInSelect": false,
        "defaultValue": "2",
        "help": "The level of the panel’s heading, so that it fits the headings of your page for people who use a screen reader. It does not change the size of the text.",
        "selectItems": [
          {
            "value": "1",
            "displayValue": "1"
          },
          {
            "value": "2",
            "displayValue": "2"
          },
          {
            "value": "3",
            "displayValue": "3"
          },
          {
            "value": "4",
            "displayValue": "4"
          },
          {
            "value": "5",
            "displayValue": "5"
          },
          {
            "value": "6",
            "displayValue": "6"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "locale",
        "displayName": "Language and region",
        "simpleValueType": true,
        "help": "How numbers, prices and dates are written, for example en-GB, en-US or de-DE. Leave it empty to follow the language of your page.",
        "valueHint": "en-GB",
        "valueValidators": [
          {
            "type": "REGEX",
            "args": [
              "|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
            ],
            "errorMessage": "Please enter a language, and if you like a region: en or en-GB."
          }
        ]
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "measureGroup",
    "displayName": "Measuring",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "CHECKBOX",
        "name": "events",
        "checkboxText": "Send events to the data layer",
        "simpleValueType": true,
        "defaultValue": true,
        "help": "Says in the data layer when the panel is ready and when something is wrong. Events never contain a record locator or a name.",
        "subParams": [
          {
            "type": "TEXT",
            "name": "eventPrefix",
            "displayName": "Prefix of event names",
            "simpleValueType": true,
            "help": "What the names of the events start with: departcart_ready, departcart_error.",
            "defaultValue": "departcart_",
            "valueValidators": [
              {
                "type": "REGEX",
                "args": [
                  "[A-Za-z][A-Za-z0-9_]*"
                ],
                "errorMessage": "Please use letters, digits and underscores only, and begin with a letter."
              }
            ]
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "dataLayer",
        "displayName": "Name of the data layer",
        "simpleValueType": true,
        "help": "Change it only if your Google Tag Manager snippet was given another name than dataLayer.",
        "defaultValue": "dataLayer",
        "valueValidators": [
          {
            "type": "REGEX",
            "args": [
              "[A-Za-z_$][A-Za-z0-9_$]*"
            ],
            "errorMessage": "Please enter the name of a JavaScript variable, such as dataLayer."
          }
        ]
      }
    ]
  },
  {
    "type": "CHECKBOX",
    "name": "debug",
    "checkboxText": "Say in the browser console why nothing shows",
    "simpleValueType": true,
    "defaultValue": false,
    "help": "For testing. In Preview mode this is always on."
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const copyFromWindow = require('copyFromWindow');
const createQueue = require('createQueue');
const getContainerVersion = require('getContainerVersion');
const getType = require('getType');
const injectScript = require('injectScript');
const logToConsole = require('logToConsole');
const queryPermission = require('queryPermission');
const setInWindow = require('setInWindow');

// Your deployment's loader. The permission to inject scripts names the same address and no other.
const loader = 'https://departcart.example/loader.js';

// The loader's own names; it checks the values once more, since a variable can hold anything.
const settings = [
  'key', 'findLocator', 'findName', 'recordLocator', 'lastName', 'encryptedId', 'anchor', 'where', 'heading', 'locale',
  'events', 'eventPrefix', 'dataLayer', 'debug'
];

const fail = function(reason) {
  logToConsole('DepartCart: ' + reason);
  data.gtmOnFailure();
};

if (queryPermission('inject_script', loader)) {
  const entry = {type: 'init', via: 'gtm'};
  settings.forEach(function(name) {
    if (data[name] !== undefined && data[name] !== null && data[name] !== '') entry[name] = data[name];
  });
  // These are no places to search: the booking comes with the entry.
  if (data.find !== 'fields' && data.find !== 'encrypted-id') entry.find = data.find || 'auto';
  if (getContainerVersion().previewMode) entry.debug = true;

  // An element with the id "departcart" occupies the global until a script assigns it.
  if (getType(copyFromWindow('departcart')) !== 'array') setInWindow('departcart', [], true);

  createQueue('departcart')(entry);
  injectScript(loader, data.gtmOnSuccess, function() {
    fail('the loader could not be loaded from ' + loader + '. Is it blocked by the Content Security Policy of the page?');
  }, loader);
} else {
  fail('this container does not permit the script ' + loader + '. See the permissions of the template.');
}


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "departcart"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "inject_script",
        "versionId": "1"
      },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "https://departcart.example/loader.js"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "logging",
        "versionId": "1"
      },
      "param": [
        {
          "key": "environments",
          "value": {
            "type": 1,
            "string": "debug"
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "read_container_data",
        "versionId": "1"
      },
      "param": []
    },
    "isRequired": true
  }
]


___TESTS___

setup: |-
  const key = 'dcpub_test_12345678';
  const sent = [];
  const loaded = [];
  let existing;
  let arrives = true;
  let previewMode = false;

  mock('copyFromWindow', function() { return existing; });
  mock('createQueue', function() { return function(entry) { sent.push(entry); }; });
  mock('getContainerVersion', function() { return {previewMode: previewMode}; });
  mock('injectScript', function(url, onSuccess, onFailure, cacheToken) {
    loaded.push({url: url, cacheToken: cacheToken, afterEntries: sent.length});
    if (arrives) onSuccess(); else onFailure();
  });
  mock('setInWindow', true);
scenarios:
- name: Sends the settings and then loads the loader
  code: |-
    runCode({key: key, find: 'auto', where: 'append', heading: '2', events: true, debug: false});
    assertThat(sent).isEqualTo([
      {type: 'init', via: 'gtm', key: key, where: 'append', heading: '2', events: true, debug: false, find: 'auto'}
    ]);
    assertThat(loaded).hasLength(1);
    assertThat(loaded[0].afterEntries).isEqualTo(1);
- name: Loads the loader once per page by giving its address as cache token
  code: |-
    runCode({key: key});
    assertThat(loaded[0].url).isString();
    assertThat(loaded[0].cacheToken).isStrictlyEqualTo(loaded[0].url);
- name: Calls only success when the loader arrives
  code: |-
    runCode({key: key});
    assertApi('gtmOnSuccess').wasCalled();
    assertApi('gtmOnFailure').wasNotCalled();
    assertApi('logToConsole').wasNotCalled();
- name: Calls only failure and says why when the loader does not arrive
  code: |-
    arrives = false;
    const said = [];
    mock('logToConsole', function(text) { said.push(text); });
    runCode({key: key});
    assertThat(said[0]).contains('could not be loaded');
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
- name: Sends nothing and fails when the container does not permit the loader
  code: |-
    mock('queryPermission', false);
    runCode({key: key});
    assertThat(sent).isEmpty();
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
- name: Leaves out what is empty
  code: |-
    runCode({key: key, find: 'auto', anchor: undefined, locale: '', recordLocator: null});
    assertThat(sent[0].hasOwnProperty('anchor')).isFalse();
    assertThat(sent[0].hasOwnProperty('locale')).isFalse();
    assertThat(sent[0].hasOwnProperty('recordLocator')).isFalse();
- name: Sends the booking of the variables and no place to search
  code: |-
    runCode({key: key, find: 'fields', recordLocator: 'ABC123', lastName: 'SMITH'});
    assertThat(sent[0]).isEqualTo({type: 'init', via: 'gtm', key: key, recordLocator: 'ABC123', lastName: 'SMITH'});
- name: Sends the encrypted id of the variable and no place to search
  code: |-
    runCode({key: key, find: 'encrypted-id', encryptedId: 'Z0FBQUFB'});
    assertThat(sent[0]).isEqualTo({type: 'init', via: 'gtm', key: key, encryptedId: 'Z0FBQUFB'});
- name: Sends where the booking stands in the data layer
  code: |-
    runCode({key: key, find: 'data-layer', findLocator: 'booking.pnr', findName: 'booking.surname'});
    assertThat(sent[0].find).isEqualTo('data-layer');
    assertThat(sent[0].findLocator).isEqualTo('booking.pnr');
    assertThat(sent[0].findName).isEqualTo('booking.surname');
- name: Keeps a queue that is already there
  code: |-
    existing = [{type: 'init'}];
    runCode({key: key});
    assertApi('setInWindow').wasNotCalled();
    assertThat(sent).hasLength(1);
- name: Makes a queue where an element with the same id stands
  code: |-
    existing = {};
    runCode({key: key});
    assertApi('setInWindow').wasCalledWith('departcart', [], true);
    assertThat(sent).hasLength(1);
- name: Turns debug on in Preview mode
  code: |-
    previewMode = true;
    runCode({key: key, debug: false});
    assertThat(sent[0].debug).isTrue();


___NOTES___

Copyright DepartCart contributors. Apache License, Version 2.0.

The tag does three things: it hands its settings to a queue, loads one script from one address, and reports success or
failure. Success means that the script arrived. Whether the panel shows is said in the data layer, by the events
departcart_ready and departcart_error.
