/** What the browser gives away about where a new business stands; all of it can be changed in the form. */
const ZONE_COUNTRY: Record<string, string> = {
  'Europe/Berlin': 'DE', 'Europe/Vienna': 'AT', 'Europe/Zurich': 'CH', 'Europe/Paris': 'FR', 'Europe/London': 'GB', 'Europe/Dublin': 'IE', 'Europe/Lisbon': 'PT',
  'Europe/Madrid': 'ES', 'Europe/Rome': 'IT', 'Europe/Amsterdam': 'NL', 'Europe/Brussels': 'BE', 'Europe/Luxembourg': 'LU', 'Europe/Copenhagen': 'DK', 'Europe/Oslo': 'NO',
  'Europe/Stockholm': 'SE', 'Europe/Helsinki': 'FI', 'Europe/Warsaw': 'PL', 'Europe/Prague': 'CZ', 'Europe/Bratislava': 'SK', 'Europe/Budapest': 'HU', 'Europe/Bucharest': 'RO',
  'Europe/Sofia': 'BG', 'Europe/Athens': 'GR', 'Europe/Zagreb': 'HR', 'Europe/Ljubljana': 'SI', 'Europe/Belgrade': 'RS', 'Europe/Kyiv': 'UA', 'Europe/Istanbul': 'TR',
  'Europe/Tallinn': 'EE', 'Europe/Riga': 'LV', 'Europe/Vilnius': 'LT', 'Atlantic/Reykjavik': 'IS', 'Asia/Tokyo': 'JP', 'Asia/Seoul': 'KR', 'Asia/Shanghai': 'CN',
  'Asia/Hong_Kong': 'HK', 'Asia/Singapore': 'SG', 'Asia/Kolkata': 'IN', 'Asia/Calcutta': 'IN', 'Asia/Dubai': 'AE', 'Asia/Jerusalem': 'IL', 'Asia/Kuwait': 'KW', 'Asia/Manila': 'PH',
  'Asia/Jakarta': 'ID', 'Asia/Bangkok': 'TH', 'Africa/Johannesburg': 'ZA', 'Africa/Lagos': 'NG', 'Africa/Nairobi': 'KE', 'Africa/Cairo': 'EG', 'America/Sao_Paulo': 'BR',
  'America/Mexico_City': 'MX', 'America/Bogota': 'CO', 'America/Lima': 'PE', 'America/Santiago': 'CL', 'America/Argentina/Buenos_Aires': 'AR', 'America/Toronto': 'CA',
  'America/Vancouver': 'CA', 'America/New_York': 'US', 'America/Chicago': 'US', 'America/Denver': 'US', 'America/Los_Angeles': 'US', 'America/Phoenix': 'US', 'Pacific/Auckland': 'NZ',
  'Australia/Sydney': 'AU', 'Australia/Melbourne': 'AU', 'Australia/Brisbane': 'AU', 'Australia/Perth': 'AU',
}

const EURO = 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA'.split(' ')
const CURRENCY: Record<string, string> = {
  US: 'USD', GB: 'GBP', CH: 'CHF', LI: 'CHF', DK: 'DKK', NO: 'NOK', SE: 'SEK', IS: 'ISK', PL: 'PLN', CZ: 'CZK', HU: 'HUF', RO: 'RON', RS: 'RSD', UA: 'UAH', TR: 'TRY',
  JP: 'JPY', KR: 'KRW', CN: 'CNY', HK: 'HKD', SG: 'SGD', IN: 'INR', AE: 'AED', IL: 'ILS', KW: 'KWD', PH: 'PHP', ID: 'IDR', TH: 'THB', ZA: 'ZAR', NG: 'NGN', KE: 'KES', EG: 'EGP',
  BR: 'BRL', MX: 'MXN', CO: 'COP', PE: 'PEN', CL: 'CLP', AR: 'ARS', CA: 'CAD', NZ: 'NZD', AU: 'AUD',
}

export const currencyOf = (country: string): string | undefined => (EURO.includes(country) ? 'EUR' : CURRENCY[country])

export interface Place {
  country: string
  currency: string
  time_zone: string
  locale: string
}

/** The clock says more about the place than the language does: many browsers speak American English. */
export function guessPlace(timeZone: string, language: string): Place {
  let region: string | undefined
  try {
    region = new Intl.Locale(language).maximize().region
  } catch {
    region = undefined
  }
  const country = ZONE_COUNTRY[timeZone] ?? region ?? 'US'
  return { country, currency: currencyOf(country) ?? 'EUR', time_zone: timeZone || 'UTC', locale: language || 'en' }
}
