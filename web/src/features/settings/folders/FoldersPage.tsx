import { IconFolders } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { Empty } from '@/shared/ui'
import { useFolders } from '@/shared/vocabulary'
import { Page } from '../shared/Page'
import { AccessCard } from './AccessCard'
import { FolderCard } from './FolderCard'
import { FolderTree } from './FolderTree'
import classes from './Folders.module.css'
import { StatusList } from './StatusList'

export function FoldersPage() {
  const folders = useFolders()
  const [chosen, setChosen] = useState<string>()
  const folder = folders.find((f) => f.id === chosen) ?? folders[0]
  return (
    <Page wide title={t('Folders and statuses')} lead={t('Folders say where customers stand in your work. Each has statuses of its own, or uses those of the folder above.')}>
      <div className={classes.columns}>
        <FolderTree chosen={folder?.id} onChoose={setChosen} />
        <div className={classes.detail}>
          {folder ? (
            <>
              <FolderCard key={folder.id} folder={folder} onGone={() => setChosen(undefined)} />
              <StatusList key={`${folder.id}.statuses`} folder={folder} />
              <AccessCard key={`${folder.id}.access`} folder={folder} />
            </>
          ) : (
            <Empty icon={<IconFolders size={22} aria-hidden />} title={t('No folders yet')}>{t('Add the first one, such as “New leads”.')}</Empty>
          )}
        </div>
      </div>
    </Page>
  )
}
