import { IconFileUpload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState, type DragEvent } from 'react'
import { t } from '@/shared/i18n'
import { Button } from '@/shared/ui'
import classes from './Imports.module.css'
import { uploadImport, type ImportKind } from './api/imports'

/** Where the file goes: chosen, or dropped. Sending shows how far it is, and leads on to the columns. */
export function Drop({ kind }: { kind: ImportKind }) {
  const input = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<string>()
  const send = (file: File | undefined) => {
    if (!file || share !== undefined) return
    setError(undefined)
    setShare(0)
    uploadImport(file, kind, setShare).then(
      (made) => navigate({ to: '/imports/$importId', params: { importId: made.id } }),
      (refused: unknown) => {
        setShare(undefined)
        setError(refused instanceof Error ? refused.message : String(refused))
      },
    )
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files[0])
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is the second way; the button is the first
    <section
      className={classes.drop}
      aria-label={t('A new import')}
      data-over={over || undefined}
      onDragOver={(e) => { e.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileUpload size={34} stroke={1.4} aria-hidden />
      <h2>{t('Drop a CSV file here')}</h2>
      <p>
        {kind === 'staff'
          ? t('Names and e-mail addresses of your colleagues, from any spreadsheet. Nobody is written to: you invite them afterwards.')
          : t('From another program, a spreadsheet, Google Contacts or Outlook. Nothing is changed before you have seen what would happen.')}
      </p>
      {share === undefined ? (
        <>
          <input ref={input} type="file" accept=".csv,.tsv,.txt,text/csv" aria-label={t('CSV file')} tabIndex={-1} onChange={(e) => send(e.target.files?.[0])} />
          <Button tone="brand" onClick={() => input.current?.click()}>{t('Choose a file…')}</Button>
        </>
      ) : (
        <div className={classes.bar} role="progressbar" aria-label={t('Sending the file')} aria-valuenow={Math.round(share * 100)} data-unknown={share >= 1 || undefined}>
          <i style={share < 1 ? { width: `${share * 100}%` } : undefined} />
        </div>
      )}
      {error && <p className={classes.error} role="alert">{error}</p>}
    </section>
  )
}
