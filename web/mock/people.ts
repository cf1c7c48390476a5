/** Believable people and places, the same at every start. */
export function random(seed: number) {
  let s = seed
  return () => {
    s = (s + 0x6d2b79f5) | 0
    let x = Math.imul(s ^ (s >>> 15), 1 | s)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const GIVEN = ['Omar', 'Ines', 'Simon', 'Clara', 'Yuki', 'Rafael', 'Greta', 'Hugo', 'Freya', 'Lucas', 'Alma', 'Felix', 'Noor', 'Tiago', 'Rosa', 'Ethan', 'Zofia', 'Luís', 'Amélie', 'Björn', 'Chidi', 'Søren', 'Leïla', 'Mateo', 'Hana', 'Dmitri']
export const FAMILY = ['Osei', 'Laurent', 'Wójcik', 'Abbott', 'Zimmermann', 'Vasquez', 'Holloway', 'Weber', 'Gallagher', 'Moreau', 'Xu', 'Gonçalves', 'Nakamura', 'Lindqvist', 'Okafor', 'Fernández', 'Šimánek', 'O’Brien', 'Haddad', 'Køhler', 'Tremblay', 'Silva', 'Marchetti', 'Novak']
export const COMPANIES = ['Lumen Studio', 'Brightline Solar', 'Harbour & Pine', 'Atelier Moreau', 'Northwind Logistics', 'Kestrel Dental', 'Casa Verde', 'Fjord Analytics', 'Bluebird Bakery', 'Meridian Physio', 'Oak Street Legal', 'Papaya Events', 'Quill & Co', 'Riverside Yoga', 'Sable Interiors', 'Tandem Cycles']
export const PLACES: [city: string, country: string, zone: string, code: string, language: string][] = [
  ['Porto', 'PT', 'Europe/Lisbon', '+351', 'pt-PT'], ['Berlin', 'DE', 'Europe/Berlin', '+49', 'de'], ['Lyon', 'FR', 'Europe/Paris', '+33', 'fr'],
  ['Bristol', 'GB', 'Europe/London', '+44', 'en-GB'], ['São Paulo', 'BR', 'America/Sao_Paulo', '+55', 'pt-BR'], ['Toronto', 'CA', 'America/Toronto', '+1', 'en-CA'],
  ['Praha', 'CZ', 'Europe/Prague', '+420', 'cs'], ['Kraków', 'PL', 'Europe/Warsaw', '+48', 'pl'], ['Osaka', 'JP', 'Asia/Tokyo', '+81', 'ja'],
]
export const STREETS = ['Rua das Flores', 'Lindenallee', 'Quai du Rhône', 'Park Row', 'Av. Paulista', 'Queen Street West', 'Vodičkova', 'Floriańska', 'Midosuji']
export const NOTES = [
  'Prefers calls **after 5 pm**. Asked about the group discount again.',
  'Very happy with the last visit, wants to bring the whole team in spring.',
  'Send the quote as PDF and copy the office manager.\n\n- two locations\n- start in March',
  'Met at the trade fair; follow up with samples.',
  'Parking is behind the building, ring twice.',
  'Moved offices in May; the old billing address is still valid until year end.',
]
