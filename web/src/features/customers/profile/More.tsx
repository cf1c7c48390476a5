import { IconDots, IconEye, IconFolderSymlink, IconHistory, IconLink, IconPhotoOff, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask, type Customer } from '@/shared/api'
import { runCommand } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, MenuButton } from '@/shared/ui'
import { customerOne } from '../api/queries'
import { patchRows } from '../api/rows'
import { copyLink } from './useProfileCommands'

export function More({ customer }: { customer: Customer }) {
  const can = useCan()
  const client = useQueryClient()
  const removePhoto = useMutation({
    mutationFn: () => ask(api.DELETE('/customers/{id}/photo', { params: { path: { id: customer.id } } })),
    onSuccess: () => {
      patchRows(client, [{ id: customer.id, photo_id: null }])
      void client.invalidateQueries({ queryKey: customerOne(customer.id).queryKey })
    },
  })
  const size = { size: 16, stroke: 1.8, 'aria-hidden': true } as const
  return (
    <MenuButton
      position="bottom-end"
      width={210}
      button={
        <IconButton label={t('More')} tip={false}>
          <IconDots size={19} stroke={1.8} aria-hidden />
        </IconButton>
      }
    >
      {(Menu) => (
        <>
          <Menu.Item leftSection={<IconLink {...size} />} onClick={() => copyLink(location.href)}>{t('Copy link')}</Menu.Item>
          {can('users.edit') && <Menu.Item leftSection={<IconEye {...size} />} onClick={() => runCommand('customer.viewers')}>{t('Who can see them')}</Menu.Item>}
          {can('audit.view') && <Menu.Item leftSection={<IconHistory {...size} />} onClick={() => runCommand('customer.looks')}>{t('Who looked')}</Menu.Item>}
          {can('customers.edit') && <Menu.Item leftSection={<IconFolderSymlink {...size} />} onClick={() => runCommand('customer.move')}>{t('Move to…')}</Menu.Item>}
          {customer.photo_id && can('customers.edit') && <Menu.Item leftSection={<IconPhotoOff {...size} />} onClick={() => removePhoto.mutate()}>{t('Remove the photo')}</Menu.Item>}
          {can('customers.delete') && (
            <>
              <Menu.Divider />
              <Menu.Item data-danger leftSection={<IconTrash {...size} />} onClick={() => runCommand('customer.delete')}>{t('Move to the bin')}</Menu.Item>
            </>
          )}
        </>
      )}
    </MenuButton>
  )
}
