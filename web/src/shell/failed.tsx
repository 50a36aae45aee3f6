import { Alert, Button } from 'antd';
import { useRouteError } from 'react-router';

/** What is shown where the console itself has failed; the shell may be what failed, so it stands by itself. */
export function Failed() {
  const error = useRouteError();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title="页面出错  This page has failed"
      description={error instanceof Error ? error.message : String(error)}
      action={<Button onClick={() => location.reload()}>重新载入 Reload</Button>}
    />
  );
}
