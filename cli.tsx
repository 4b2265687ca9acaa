import { render, Text } from 'ink';

render(<Text>hi</Text>);
