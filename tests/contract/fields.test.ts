// Custom fields that each folder shows and asks for in its own way (C70).
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

forBoth('fields', (house) => {
  let [shop, yard]: any[] = [];
  before(async () => {
    shop = await house.owner.post('/folders', { name: 'Shop' }).gives(201);
    yard = await house.owner.post('/folders', { name: 'Yard' }).gives(201);
  });

  it('are required where a folder says so, whatever holds for all', async () => {
    const field = await house.owner.post('/fields', { label: 'Boiler', type: 'text', by_folder: [{ folder_id: shop.id, required: true }] }).gives(201);
    assert.deepEqual(field.by_folder, [{ folder_id: shop.id, rank: null, required: true }]);
    await house.owner.post('/customers', { display_name: 'Ann', folder_id: shop.id }).refuses(422, undefined, ['/custom/boiler']);
    const ann = await house.customer({ display_name: 'Ann', folder_id: yard.id });
    // Who comes without one is told by the preview of the move; nobody is kept from moving.
    const preview = await house.owner.post('/bulk/preview', { filter: { ids: [ann.id] }, action: { move_to: shop.id } }).gives(200);
    assert.match(JSON.stringify(preview), /Boiler/);
    await house.owner.patch(`/customers/${ann.id}`, { folder_id: shop.id }).gives(200);
    await house.owner.patch(`/customers/${ann.id}`, { custom: { boiler: 'Vitodens' } }).gives(200);
    await house.owner.patch(`/customers/${ann.id}`, { custom: { boiler: null } }).refuses(422, undefined, ['/custom/boiler']);
    // The other way round: required everywhere but in the one.
    const turned = await house.owner.patch(`/fields/${field.id}`, { required: true, by_folder: [{ folder_id: shop.id, rank: 7, required: false }] }).gives(200);
    assert.deepEqual([turned.required, turned.by_folder], [true, [{ folder_id: shop.id, rank: 7, required: false }]]);
    await house.customer({ display_name: 'Ben', folder_id: shop.id });
    await house.owner.post('/customers', { display_name: 'Cem', folder_id: yard.id }).refuses(422, undefined, ['/custom/boiler']);
    assert.deepEqual((await house.owner.patch(`/fields/${field.id}`, { by_folder: [], required: false }).gives(200)).by_folder, []);
  });

  it('name each folder once, and only folders that there are', async () => {
    const [made] = await house.owner.all('/fields');
    const gone = await house.owner.post('/folders', { name: 'Soon gone' }).gives(201);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [{ folder_id: gone.id, rank: 3 }] }).gives(200);
    await house.owner.delete(`/folders/${gone.id}`).answers(204);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [{ folder_id: gone.id, rank: 4 }] }).gives(200);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [] }).gives(200);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [{ folder_id: gone.id }] }).refuses(422, undefined, ['/by_folder/0/folder_id']);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [{ folder_id: shop.id }, { folder_id: yard.id }, { folder_id: shop.id }] }).refuses(422, undefined, ['/by_folder/2/folder_id']);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [{ rank: 1 }] }).refuses(422, undefined, ['/by_folder/0/folder_id']);
    await house.owner.patch(`/fields/${made.id}`, { by_folder: [{ folder_id: shop.id, rank: 'first' }] }).refuses(422, undefined, ['/by_folder/0/rank']);
    const many = Array.from({ length: 201 }, () => ({ folder_id: shop.id }));
    await house.owner.patch(`/fields/${made.id}`, { by_folder: many }).refuses(422, undefined, ['/by_folder']);
  });
});
