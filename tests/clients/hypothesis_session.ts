// The import of Hypothesis's own client, on an export of ours, into a page that is open.
//
//     node session.mjs EXPORT ADDRESS TITLE
//
// `client` is the `src` of its source. The user's part (an account, a group, the page), and the
// server's, which keeps what it is sent, are here. Says as JSON what was sent to the server, and
// what the client told its user.
import { readFileSync } from 'node:fs';

import { annotationDisplayName } from 'client/sidebar/helpers/annotation-user';
import { annotationsByUser } from 'client/sidebar/helpers/annotations-by-user';
import { stripInternalProperties } from 'client/sidebar/helpers/strip-internal-properties';
import { AnnotationsService } from 'client/sidebar/services/annotations';
import { ImportAnnotationsService } from 'client/sidebar/services/import-annotations';

(globalThis as any).window = { ...globalThis, location: { href: '' }, top: null };
const [file, address, title] = process.argv.slice(2);
const user = 'acct:min@hypothes.is';
const sent: any[] = [];
const told: string[] = [];

const store: any = {
  profile: () => ({ userid: user, user_info: { display_name: 'Min' } }),
  focusedGroupId: () => '__world__',
  allAnnotations: () => [],
  defaultContentFrame: () => ({ uri: address, metadata: { title: [title] } }),
  getDefault: () => null,
  getDraft: () => null,
  isFeatureEnabled: () => false,
  defaultAuthority: () => 'hypothes.is',
};
for (const name of [
  'beginImport', 'completeImport', 'annotationSaveStarted', 'annotationSaveFinished',
  'removeDraft', 'addAnnotations',
]) {
  store[name] = () => {};
}
const api: any = {
  annotation: {
    create: async (_: object, annotation: object) => {
      sent.push(JSON.parse(JSON.stringify(stripInternalProperties(annotation))));
      return { ...annotation, id: `new${sent.length}` };
    },
  },
};
const say = (message: string) => told.push(message);
const toasts: any = { success: say, notice: say, error: say };
const annotations = new AnnotationsService({ reportActivity: () => {} } as any, api, {} as any, store);
const importing = new ImportAnnotationsService(store, annotations, toasts);

const users = annotationsByUser({
  annotations: JSON.parse(readFileSync(file, 'utf-8')).annotations,
  getDisplayName: each => annotationDisplayName(each, 'hypothes.is', false),
  excludeReplies: true,
});
const names: string[] = users.map(each => each.displayName);
for (const each of users) {
  await importing.import(each.annotations);
}
process.stdout.write(JSON.stringify({ names, sent, told }));
