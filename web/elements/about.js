// <dagwright-about>: what there is to know about a template.
//
// `state` is {template, readme, changelog}: what the catalogue says of it, and two texts in Markdown, each null where it is
// not to be had.
import { markdown } from './about/markdown.js';
import { miniature } from './catalogue/miniature.js';
import { make } from './make.js';
import { Stateful } from './stateful.js';
import { words } from './words.js';

class About extends Stateful {
  show({ template, readme, changelog }) {
    const say = words();
    const path = `#/new/${encodeURIComponent(template.id)}`;
    const picture = miniature(template.preview, { named: true });
    const examples = template.examples.map((name) =>
      make('li', {}, make('a', { href: `${path}?${new URLSearchParams({ example: name })}` }, exampleName(name))),
    );
    const fact = (name, value) => value && [make('dt', {}, name), make('dd', {}, value)];
    this.replaceChildren(
      make(
        'div',
        { class: 'about' },
        make(
          'aside',
          { class: 'about-aside' },
          make('a', { class: 'button button-main', href: path }, say.useTemplate),
          examples.length > 0 && make('section', {}, make('h2', {}, say.startFromExample), make('ul', { class: 'about-examples' }, ...examples)),
          make(
            'dl',
            { class: 'facts' },
            ...[
              fact(say.versionOfTemplate, template.version),
              fact(say.owner, template.owner),
              fact(say.tags, template.tags.length > 0 && tags(template.tags)),
              fact(say.inConfigs, make('code', {}, `template: ${template.id}@${template.version.split('.')[0]}`)),
            ].flatMap((pair) => pair || []),
          ),
          changelog !== null &&
            make('details', { class: 'about-changes document' }, make('summary', {}, say.changes), markdown(changelog, 2)),
        ),
        make(
          'div',
          { class: 'about-main' },
          picture && make('figure', { class: 'about-picture' }, picture, make('figcaption', { class: 'aside' }, say.pictureOfExample)),
          readme !== null && make('section', { class: 'document' }, markdown(readme, 1)),
        ),
      ),
    );
  }
}

/** Each leads to the templates that have it too. */
const tags = (names) =>
  make(
    'ul',
    { class: 'tags' },
    ...names.map((tag) => make('li', {}, make('a', { href: `#/?${new URLSearchParams({ tag })}` }, tag))),
  );

/** The name of an example's file as words. */
const exampleName = (name) => name.replace(/^.*\//, '').replace(/\..*$/, '').replace(/[_-]/g, ' ');

customElements.define('dagwright-about', About);
