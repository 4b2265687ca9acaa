import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { afterHostEvent } from '../../source/daemon/host-status.ts';
import { checkParams, type MethodName } from '../../source/daemon/methods/method.ts';
import { METHODS } from '../../source/daemon/methods/method-table.ts';
import type { Host } from '../../source/host/host.ts';
import { hostMethods } from '../../source/host/host-requests.ts';
import { parseParams } from '../../source/host/read-params.ts';
import { FrameReader, FrameType } from '../../source/protocol/frame.ts';
import type { HostEvent, HostStatus } from '../../source/protocol/host.ts';
import { decodeInput } from '../../source/protocol/input-frame.ts';
import { decodeOutput, decodeSnapshot } from '../../source/protocol/output-frame.ts';
import { readBundle } from '../../source/system/bundle.ts';
import { processTable } from '../../source/system/process-identity.ts';
import { DAEMON_REQUESTS } from './samples/1/daemon-requests.ts';
import { HOST_PARAMS, HOST_RECORD, HOST_REQUESTS, HOST_STATUS } from './samples/1/host-requests.ts';
import { HOST_EVENTS } from './samples/1/notifications.ts';

/**
 * What was said in protocol 1 has to be understood for ever. The types of the samples say that each message of the contract has
 * one, and that today's code asks of it nothing that was not in it: a field that is added has to be optional. Results and
 * notifications are not looked at when they come, so their types are the whole of the check.
 */
const methods = Object.keys(DAEMON_REQUESTS).filter(name => name !== 'client/hello') as Exclude<
  MethodName,
  'client/hello'
>[];

test('each method of the daemon has a sample, and each sample a method', () => {
  expect(methods.toSorted()).toEqual(Object.keys(METHODS).toSorted());
});

test.each(methods)('a daemon still reads %s, every field of it', method => {
  const { params } = DAEMON_REQUESTS[method];
  expect(checkParams(method, METHODS[method].schema as never, params)).toEqual(params);
});

test('each request of a host has a sample, and each sample is answered', () => {
  const names = Object.keys(hostMethods({} as Host, processTable(process.platform)));
  expect([...names, 'client/hello'].toSorted()).toEqual(Object.keys(HOST_REQUESTS).toSorted());
});

test.each(Object.values(HOST_EVENTS))('a daemon still reads the event $type of a host', event => {
  const status = HOST_STATUS as HostStatus;
  expect(afterHostEvent(status, event as HostEvent).events.at(-1)).toEqual(event);
});

test('a host still reads its parameters, and whoever looks its record', () => {
  expect(parseParams(JSON.stringify(HOST_PARAMS))).toEqual(HOST_PARAMS);
  const folder = mkdtempSync(join(tmpdir(), 'tutti-sample-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'host.json'), JSON.stringify(HOST_RECORD));
  expect(readBundle(folder).record).toEqual(HOST_RECORD);
});

/** Frames as they went over the wire: length, type, payload. */
test('frames are still read byte for byte', () => {
  const rpc = Buffer.from('{"jsonrpc":"2.0","id":1,"method":"daemon/stop","params":null}');
  const wire = Buffer.concat([
    Buffer.from('0000003e00', 'hex'),
    rpc,
    // Input: keys, operation 7, "x". Output: from byte 1431, "y". A snapshot of 100x30: "z".
    Buffer.from('0000000b0100000000000000000778', 'hex'),
    Buffer.from('0000000a01000000000000059779', 'hex'),
    Buffer.from('0000000e0200000000000005970064001e7a', 'hex'),
  ]);
  const frames = [...new FrameReader().read(wire)].map(({ type, payload }) => ({
    type,
    payload: Buffer.from(payload),
  }));
  expect(frames.map(({ type }) => type)).toEqual([FrameType.rpc, FrameType.bytes, FrameType.bytes, FrameType.snapshot]);
  const [message, input, output, snapshot] = frames.map(({ payload }) => payload) as [Buffer, Buffer, Buffer, Buffer];
  expect(message).toEqual(rpc);
  expect(decodeInput(input)).toMatchObject({ source: 0, operation: 7n });
  expect(decodeOutput(output)).toMatchObject({ sequence: 1431 });
  expect(decodeSnapshot(snapshot)).toMatchObject({ sequence: 1431, columns: 100, rows: 30 });
});
