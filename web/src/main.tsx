import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { mayPass } from './api/problem.ts';
import { ROUTES } from './screens/routes.tsx';
import './console.css';

/** An answer is shown again at once when one comes back to it, and asked anew behind that. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      gcTime: 10 * 60_000,
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 1 && mayPass(error),
    },
  },
});

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={createBrowserRouter(ROUTES)} />
    </QueryClientProvider>
  </StrictMode>,
);
